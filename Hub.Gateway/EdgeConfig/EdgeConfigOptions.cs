namespace Hub.Gateway.EdgeConfig;

/// <summary>The limits of what is sent to edges, and of what they answer.</summary>
public sealed record EdgeConfigOptions
{
    /// <summary>Bytes of a configuration; a longer one is refused.</summary>
    public int ConfigBytesMax { get; init; } = 128 * 1024;

    /// <summary>
    /// Characters of its version; a longer one is refused, and of what an edge reports the rest is cut off.
    /// </summary>
    public int VersionCharactersMax { get; init; } = 64;

    /// <summary>Edges that something is wanted of; another one is refused.</summary>
    public int EdgesMax { get; init; } = 10_000;

    /// <summary>Faults kept of an edge's answer; the rest is left out.</summary>
    public int FaultsMax { get; init; } = 50;

    /// <summary>Characters kept of each; the rest is cut off.</summary>
    public int FaultCharactersMax { get; init; } = 500;

    /// <summary>How long an asker may wait for the edge's answer; more is refused.</summary>
    public TimeSpan AnswerWaitMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of that wait: a machine's, not the site's, which the demo runs faster.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
