namespace Hub.Gateway.Announce;

/// <summary>The limits of telling Home Assistant about the hub's points.</summary>
public sealed record AnnounceOptions
{
    /// <summary>Points told of at most, those commissioned first; retained messages have a limit too.</summary>
    public int PointsMax { get; init; } = 2_000;

    /// <summary>How often it is looked whether the site file wants it and values are due.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A machine's clock, not the site's, which the demo runs faster.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
