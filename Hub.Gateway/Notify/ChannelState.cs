namespace Hub.Gateway.Notify;

/// <summary>One channel, and how it does.</summary>
/// <param name="Id">Its name in the file.</param>
/// <param name="Kind">webhook, weCom, dingTalk, feishu, mail or mqtt.</param>
/// <param name="Where">Where it goes, without what in the address is secret.</param>
/// <param name="Person">Whose own it is; null for one that many read.</param>
/// <param name="Tells">The roles it reaches; empty for everybody.</param>
/// <param name="Waiting">What waits to be sent.</param>
/// <param name="SentAt">When it has last delivered something; null for never.</param>
/// <param name="FailingSince">Since when nothing gets through; null if it works.</param>
/// <param name="Why">Why not.</param>
public sealed record ChannelState(
    string Id, string Kind, string Where, string? Person, IReadOnlyCollection<string> Tells, int Waiting,
    DateTimeOffset? SentAt, DateTimeOffset? FailingSince, string? Why)
{
    /// <summary>When it speaks, on the site's clocks, as <c>07:00-23:00</c>; empty for always.</summary>
    public string Hours { get; init; } = "";

    /// <summary>It carries a call only if nobody has accepted for that long.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Its person wants it silent until then; null if it speaks.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Whether somebody is told by it: their own, or one that their role is told by.</summary>
    public bool Reaches(string person, string role) => Person is { } whose
        ? whose == person
        : Tells.Count == 0 || Tells.Contains(role);
}
