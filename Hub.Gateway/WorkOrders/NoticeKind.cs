namespace Hub.Gateway.WorkOrders;

/// <summary>What somebody is told of an order. The names are stored: they are only ever added to.</summary>
public enum NoticeKind
{
    /// <summary>Come: nobody has accepted it yet, and it is your turn on the ladder.</summary>
    Call,

    /// <summary>A clock is about to run out.</summary>
    DueSoon,

    /// <summary>A clock has run out.</summary>
    Breach,

    /// <summary>Somebody has accepted it: whoever was called need not come.</summary>
    Taken,

    /// <summary>It is over without anybody having accepted it.</summary>
    Over,

    /// <summary>The roster has nobody to call, and this one is told although not on shift.</summary>
    Unreached,

    /// <summary>Superiors are to know of it from the beginning: an urgent complaint.</summary>
    Upward,
}
