namespace Hub.Gateway.WorkOrders;

/// <summary>The promises of 5341 and what follows them.</summary>
public enum ClockKind
{
    /// <summary>At the place within 5 minutes: stops on arrival, or on an answer where no one needs to come.</summary>
    C5,

    /// <summary>Solved within 30 minutes, or explained (then C4h follows).</summary>
    C30,

    /// <summary>Finally solved within 4 hours.</summary>
    C4h,

    /// <summary>A dated commitment within 1 day, where an outside party is needed.</summary>
    C1d,

    /// <summary>The dated commitment itself.</summary>
    Cx,

    /// <summary>Followed up by somebody other than the resolver.</summary>
    Cfu,
}
