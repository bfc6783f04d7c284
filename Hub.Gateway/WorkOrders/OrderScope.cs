namespace Hub.Gateway.WorkOrders;

public enum OrderScope
{
    /// <summary>Somebody has still to solve it.</summary>
    Open,

    /// <summary>Resolved, and the customer has still to be asked.</summary>
    FollowUp,
    All,
}
