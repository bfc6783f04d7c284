namespace Hub.Gateway.Fleet;

/// <summary>The limits of the fleet's memory.</summary>
public sealed record FleetOptions
{
    /// <summary>Messages kept that were set aside; when it is reached, the oldest is dropped and counted.</summary>
    public int SetAsideMax { get; init; } = 10_000;

    /// <summary>Messages that wait to be written at most.</summary>
    public int SetAsideBatchMax { get; init; } = 500;

    /// <summary>How often the checkpoint is saved; a restart replays the journal from there.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often changed state words are looked for, to tell the pages.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock of the two above: a machine's, not the site's, which the demo runs faster.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
