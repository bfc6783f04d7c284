namespace Hub.Edge.Sampling;

/// <summary>What a value that is asked for becomes: whose it is, in which unit, and when it is worth telling.</summary>
public sealed record SampledPoint
{
    public required string Device { get; init; }

    public required string Signal { get; init; }

    /// <summary>Value = raw × scale + offset, in the signal's unit.</summary>
    public double Scale { get; init; } = 1;

    /// <inheritdoc cref="Scale"/>
    public double Offset { get; init; }

    /// <summary>Outside of these it is no value but a fault of the sensor.</summary>
    public double ValueMin { get; init; } = double.NegativeInfinity;

    /// <inheritdoc cref="ValueMin"/>
    public double ValueMax { get; init; } = double.PositiveInfinity;

    /// <summary>A value that has moved less than this since it was told is not told; zero tells each.</summary>
    public double Deadband { get; init; }

    /// <summary>But so often it is told all the same: a quiet sensor must not look like a dead one.</summary>
    public TimeSpan AtLeast { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Device and signal: unique in one edge.</summary>
    public string Key => $"{Device}/{Signal}";
}
