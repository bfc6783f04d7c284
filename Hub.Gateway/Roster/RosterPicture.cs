namespace Hub.Gateway.Roster;

/// <summary>The roster as it is now; replaced whole by each change.</summary>
/// <param name="Sheet">What was imported; null before the first import.</param>
/// <param name="Covers">Who stands in, the last one last; what was over long ago is left out.</param>
/// <param name="ImportedAt">When the sheet came.</param>
/// <param name="ImportedBy">From whom.</param>
public sealed record RosterPicture(
    RosterSheet? Sheet, IReadOnlyList<Cover> Covers, DateTimeOffset? ImportedAt, string? ImportedBy)
{
    public static readonly RosterPicture Empty = new(null, [], null, null);
}
