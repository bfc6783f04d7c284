namespace Hub.Gateway.Storage;

/// <summary>How the databases are looked after.</summary>
public sealed record StorageOptions
{
    /// <summary>How often all their pages are read.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The clock of housekeeping; not the domain's, which a demo may speed up.</summary>
    public TimeProvider HousekeepingTime { get; init; } = TimeProvider.System;
}
