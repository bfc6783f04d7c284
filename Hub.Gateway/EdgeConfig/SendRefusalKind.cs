namespace Hub.Gateway.EdgeConfig;

internal enum SendRefusalKind
{
    /// <summary>Something is wrong in it.</summary>
    Faulty,

    /// <summary>Somebody has changed it meanwhile.</summary>
    Changed,

    /// <summary>Something is wanted of as many edges as there may be.</summary>
    Full,
}
