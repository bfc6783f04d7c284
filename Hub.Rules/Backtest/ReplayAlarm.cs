using Hub.Rules.Alarms;
using Hub.Rules.Packs;

namespace Hub.Rules.Backtest;

/// <summary>An alarm that a replay raised.</summary>
/// <param name="Time">When it was raised, on event time.</param>
/// <param name="Device">As in the CSV.</param>
/// <param name="Signal">As in the CSV; empty for a whole device.</param>
/// <param name="Kind">The detector's code.</param>
/// <param name="Raised">The transition itself, with its sentence and evidence.</param>
public sealed record ReplayAlarm(
    DateTimeOffset Time, string Device, string Signal, string Kind, AlarmTransition.Raised Raised)
{
    /// <summary>Nothing has gone wrong: it finds work to be planned, and is no alarm to be scored.</summary>
    public bool IsUpkeep => DetectorCatalogue.Of(Kind).IsUpkeep;
}
