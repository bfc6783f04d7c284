namespace Hub.Gateway.Roster;

/// <summary>
/// The tables of a roster, covers with them or by themselves; with <c>dryRun</c> they are only checked.
/// </summary>
public sealed record RosterImport(IReadOnlyList<RosterFile>? Files, bool DryRun = false);

/// <summary>Times as RFC 3339, or on the site's clocks as <c>2026-11-22 07:00</c>.</summary>
public sealed record CoverRequest(string? Absent, string? StandIn, string? From, string? To);

/// <summary><c>by</c> is the person of the roster who writes; left out, whoever asks.</summary>
public sealed record HandoverRequest(string? Grid, string? Words, string? By);

/// <summary><c>by</c> is the person of the roster who takes over; left out, whoever asks.</summary>
public sealed record TakeOverRequest(string? By);
