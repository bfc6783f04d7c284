namespace Hub.Gateway.Inspections;

/// <summary>The inspections' figures.</summary>
public sealed record InspectionPolicy
{
    /// <summary>The longest text that an inspection takes.</summary>
    public const int TextCharsMax = 2_000;

    public const int RegistersMax = 20;

    /// <summary>How old a report may be when it comes: a phone may have been off for a while.</summary>
    public TimeSpan LateMax { get; init; } = TimeSpan.FromDays(62);

    /// <summary>How far a phone's clock may be ahead.</summary>
    public TimeSpan AheadMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A vacant unit is inspected at least this often.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromDays(31);

    /// <summary>Of a hundred inspections, how many quality looks at again.</summary>
    public int SamplePercent { get; init; } = 10;

    public int PhotosMax { get; init; } = 20;

    /// <summary>One photo at most, bytes.</summary>
    public long PhotoBytesMax { get; init; } = 8 << 20;

    /// <summary>All photos at most, bytes; beyond it new ones are refused until somebody makes room.</summary>
    public long FolderBytesMax { get; init; } = 20L << 30;

    /// <summary>The share of what a meter counts that may be lost before the engineer is asked.</summary>
    public double LossShareMax { get; init; } = 0.02;

    /// <summary>
    /// And the least that counts as lost, in the signal's own unit: what a dial shows beyond its last digit.
    /// </summary>
    public double LossMin { get; init; } = 0.05;
}
