using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// Who comes next is known, and is asked for early: first the track, then what hangs on it, step by step, each by the
/// time the step before has arrived. Nothing here changes what is judged.
/// </summary>
public sealed partial class RulesEngine
{
    /// <summary>For those whose readings arrive.</summary>
    private void FetchNext(ReadOnlySpan<Reading> readings)
    {
        if (readings.Length > 6)
        {
            Cache.Fetch(_state.Find(readings[6].Point.Value), PointTrack.Lines);
            _state.Find(readings[4].Point.Value)?.FetchNews();
            _state.Find(readings[2].Point.Value)?.Waiting.Fetch();
        }
    }

    /// <summary>For those whose turn it is to be judged.</summary>
    private void FetchNext(ReadOnlySpan<Turn> turns)
    {
        if (turns.Length > 10)
        {
            Cache.Fetch(_state.Find(turns[10].Number), PointTrack.Lines);
            _state.Find(turns[8].Number)?.FetchNear();
            _state.Find(turns[6].Number)?.FetchWatches();
            _state.Find(turns[4].Number)?.FetchDetectors();
            _state.Find(turns[2].Number)?.Space.FetchLives();
        }
    }
}
