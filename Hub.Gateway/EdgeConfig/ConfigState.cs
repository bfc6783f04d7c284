namespace Hub.Gateway.EdgeConfig;

/// <summary>How far an edge is with the configuration that is wanted of it.</summary>
public enum ConfigState
{
    /// <summary>Nothing is wanted of it.</summary>
    None,

    /// <summary>It runs with it, by its own word.</summary>
    InForce,

    /// <summary>It has said what is wrong with it, and runs with the one before.</summary>
    Refused,

    /// <summary>It is there, and has not answered yet.</summary>
    Waiting,

    /// <summary>It is away, and gets it when it comes.</summary>
    Away,
}
