namespace Hub.Rules.Alarms;

/// <summary>How one language writes days, instants and durations. Clocks have 24 hours.</summary>
internal sealed record SentenceFormats
{
    public required string Date { get; init; }

    public required string DateYear { get; init; }

    public required string Instant { get; init; }

    public required string Day { get; init; }

    public required string Day1 { get; init; }

    public required string Hour { get; init; }

    public required string Hour1 { get; init; }

    public required string Minute { get; init; }

    public required string Minute1 { get; init; }

    public required string Second { get; init; }

    public required string Second1 { get; init; }

    /// <summary>Between two parts of a duration.</summary>
    public required string Joint { get; init; }

    /// <summary>In the place of an instant that is not known.</summary>
    public required string Unknown { get; init; }
}
