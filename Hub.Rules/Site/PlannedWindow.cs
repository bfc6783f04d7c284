namespace Hub.Rules.Site;

/// <summary>A period in which activity is expected that else would be wrong. From is inside, To outside.</summary>
/// <param name="SpaceId">Where.</param>
/// <param name="From">The first instant inside.</param>
/// <param name="To">The first instant after it.</param>
/// <param name="Reason">inspection, viewing, cleaning, renovation, flushing, homecoming, visit or maintenance.</param>
public sealed record PlannedWindow(string SpaceId, DateTimeOffset From, DateTimeOffset To, string Reason)
{
    public bool Covers(DateTimeOffset at) => at >= From && at < To;

    /// <summary>What has been of it when it ends early; null if it had not begun.</summary>
    public PlannedWindow? Until(DateTimeOffset at) => at <= From ? null : at >= To ? this : this with { To = at };
}
