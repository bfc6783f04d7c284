using Hub.Edge.Sampling;

namespace Hub.Edge.Sysfs;

/// <summary>A value that the kernel's drivers show as a file.</summary>
public sealed record SensorOptions
{
    /// <summary>
    /// The file, absolute; <c>*</c> and <c>?</c> stand for what the kernel numbers anew at each start. One file
    /// matches.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>What the file <c>name</c> beside it says (<c>bme280</c>); null for any.</summary>
    public string? Chip { get; init; }

    /// <summary>For one reading: a 1-wire sensor takes 750 ms, and waits for the others on its bus.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public required SampledPoint Point { get; init; }
}
