namespace Hub.Gateway.WorkOrders;

/// <summary>The one state line, with the same words everywhere.</summary>
public enum OrderState
{
    /// <summary>呼叫中: nobody has taken it yet.</summary>
    Calling,

    /// <summary>已接单: somebody has it; the 5 minutes still run.</summary>
    Accepted,

    /// <summary>已到位</summary>
    Arrived,

    /// <summary>处理中: settled by phone or desk, so nobody needs to arrive.</summary>
    Working,

    /// <summary>已说明: not solved within 30 minutes, and the customer has been told so in words.</summary>
    Explained,

    /// <summary>转外部</summary>
    WithVendor,

    /// <summary>已解决: waits for the follow-up.</summary>
    Resolved,

    /// <summary>已回访</summary>
    FollowedUp,

    /// <summary>已关闭</summary>
    Closed,

    /// <summary>误按取消</summary>
    Cancelled,

    /// <summary>合并: another order goes on with it.</summary>
    Merged,

    /// <summary>重开: was resolved, is not; nobody has taken it again yet.</summary>
    Reopened,
}
