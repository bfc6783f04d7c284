using Hub.Rules.Site;

namespace Hub.Gateway.Units;

/// <summary>A planned window in an answer.</summary>
public sealed record WindowAnswer(DateTimeOffset From, DateTimeOffset To, string Reason)
{
    public static WindowAnswer Of(PlannedWindow window) => new(window.From, window.To, window.Reason);
}

/// <summary>What a point of the unit said last.</summary>
/// <param name="Value">In the signal's own unit.</param>
public sealed record SignalAnswer(int Point, string Signal, double Value, string Unit, DateTimeOffset At);

/// <summary>One unit in the ledger.</summary>
/// <param name="State">occupied, unsold, unlet, notMovedIn or custody.</param>
/// <param name="DaysVacant">Whole days on the site's calendar; null where somebody lives, or nobody knows.</param>
/// <param name="Owner">The owner's file number; empty for none.</param>
/// <param name="Windows">Those that have not ended.</param>
/// <param name="Signals">What its points said last.</param>
/// <param name="Orders">The numbers of its open orders.</param>
public sealed record UnitAnswer(
    string Id, string Name, string Building, string Entrance, int? Floor, string State, DateTimeOffset? Since,
    int? DaysVacant, string Owner, IReadOnlyList<WindowAnswer> Windows, IReadOnlyList<SignalAnswer> Signals,
    IReadOnlyList<string> Orders);

/// <summary>A page of units by id; <c>next</c> is the <c>after</c> of the next page.</summary>
public sealed record UnitListAnswer(IReadOnlyList<UnitAnswer> Items, string? Next);

/// <summary>One line of a unit's history.</summary>
public sealed record MoveAnswer(string State, DateTimeOffset At, DateTimeOffset NotedAt, string By)
{
    public static MoveAnswer Of(UnitMove move) => new(UnitWords.Of(move.Occupancy), move.At, move.NotedAt, move.By);
}

/// <summary>One unit with its history, oldest first.</summary>
public sealed record UnitHistoryAnswer(UnitAnswer Unit, IReadOnlyList<MoveAnswer> History);

/// <summary>What a file says otherwise of a unit; what stays is null.</summary>
public sealed record UnitChangeAnswer(
    string Unit, string State, string? NewState, DateTimeOffset? Since, DateTimeOffset? NewSince, string Owner,
    string? NewOwner)
{
    public static UnitChangeAnswer Of(LedgerChange change) => new(
        change.Unit.Id, UnitWords.Of(change.Unit.Occupancy),
        change.Unit.Occupancy == change.Line.Unit.Occupancy ? null : UnitWords.Of(change.Line.Unit.Occupancy),
        change.Unit.VacantSince, change.IsOtherDay ? change.Line.Unit.VacantSince : null, change.OwnerBefore,
        change.IsOwner ? change.Line.Owner : null);
}

/// <summary>A ledger file against the ledger.</summary>
/// <param name="Fingerprint">Send it along as <c>seen</c> to apply exactly this.</param>
/// <param name="Missing">Units that the file does not mention; nothing happens to them.</param>
public sealed record LedgerDiffAnswer(
    bool Applied, string Fingerprint, IReadOnlyList<string> Added, IReadOnlyList<UnitChangeAnswer> Changed,
    IReadOnlyList<string> Missing, int Same)
{
    public static LedgerDiffAnswer Of(LedgerDiff diff, bool applied) => new(
        applied, diff.Fingerprint, [.. diff.Added.Select(line => line.Unit.Id)],
        [.. diff.Changed.Select(UnitChangeAnswer.Of)], [.. diff.Missing.Select(unit => unit.Id)], diff.Same);
}
