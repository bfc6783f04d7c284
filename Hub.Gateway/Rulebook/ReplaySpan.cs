using Hub.Rules.Engine;

namespace Hub.Gateway.Rulebook;

/// <summary>What an engine is given so that it knows by a time what the live one knew then.</summary>
/// <param name="Entries">Every entry, and when the hub committed it; each is valid until the next is asked for.</param>
/// <param name="IsWhole">They begin with the journal's first row ever: nothing that was learnt is missing.</param>
/// <param name="HistoryUntil">What is before this comes from the history; null if none does.</param>
/// <param name="Rows">Journal rows in it.</param>
public sealed record ReplaySpan(
    IEnumerable<(DateTimeOffset At, Entry Entry)> Entries, bool IsWhole, DateTimeOffset? HistoryUntil, long Rows);
