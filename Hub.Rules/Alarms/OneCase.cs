using System.Collections.Frozen;

namespace Hub.Rules.Alarms;

/// <summary>
/// Which alarms are symptoms of one case. In a home where nobody lives a door, water and electricity within an hour
/// are one person inside, or one mishap: one order with all of it, and not three.
/// <code>
///   an open case of the space, begun at T ── raised within T ± 1 h, by the ledger vacant, of these kinds ──► joins it
///                                         └─ anything else ──────────────────────────► an order of its own
/// </code>
/// Only the alarms' own times count, so it doesn't matter which of them became known first. The window is fixed: what
/// happens a day after a leak began is another story, and somebody has to come again. What slowly becomes so (damp,
/// frost), what an engineer sees to, and what people ask for joins nothing.
/// </summary>
public static class OneCase
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private static readonly FrozenSet<string> Kinds =
        new[] { "leak", "electricity", "intrusion" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether an alarm belongs to a case of its space.</summary>
    /// <param name="raised">The alarm.</param>
    /// <param name="kind">The order kind of the case.</param>
    /// <param name="begunAt">When the case began, on event time.</param>
    public static bool Takes(AlarmTransition.Raised raised, string kind, DateTimeOffset begunAt) =>
        raised is { IsVacant: true, Order: { } order } && Kinds.Contains(order.Kind) && Kinds.Contains(kind)
        && (raised.At - begunAt).Duration() <= Window;
}
