namespace Hub.Gateway.WorkOrders;

/// <summary>Who is on shift, as the orders ask it.</summary>
public interface IDuty
{
    /// <summary>As it is now; null without a roster: then only roles are told.</summary>
    IDutyTable? Now { get; }
}
