namespace Hub.Gateway.WorkOrders;

/// <summary>What a person can do to an order: one button each.</summary>
public enum OrderAction
{
    Accept,
    Arrive,
    Answer,
    Explain,
    HandToVendor,
    Commit,
    Appoint,
    Enlarge,
    Resolve,
    OverrideClose,
    FollowUp,
    Reopen,
    Cancel,
    Merge,
    Note,
}
