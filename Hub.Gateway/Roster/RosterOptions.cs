namespace Hub.Gateway.Roster;

/// <summary>The limits of the roster.</summary>
public sealed record RosterOptions
{
    /// <summary>Covers that are still to come or hold.</summary>
    public int CoversMax { get; init; } = 500;

    /// <summary>How far ahead somebody's absence may be written down.</summary>
    public TimeSpan CoverMax { get; init; } = TimeSpan.FromDays(400);

    /// <summary>Longer ago, a cover decides nothing: not even what fell due while the hub was down.</summary>
    public TimeSpan CoverKeptFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Imported rosters that are kept; the oldest go first.</summary>
    public int SheetsMax { get; init; } = 50;

    /// <summary>Hand-over notes that are kept; the oldest go first.</summary>
    public int HandoversMax { get; init; } = 20_000;

    /// <summary>The longest hand-over note.</summary>
    public int WordsCharsMax { get; init; } = 2_000;
}
