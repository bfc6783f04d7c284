using System.Collections.Concurrent;

namespace Hub.Edge.Supervision;

/// <summary>
/// Whether the loops turn. Each says at every turn when its next one is due at the latest; one that is overdue hangs,
/// and a process in which one hangs must not tell that it lives.
/// </summary>
public sealed class LoopPulse(TimeProvider pace)
{
    private readonly ConcurrentDictionary<string, (long At, TimeSpan SilenceMax)> _turns = new(StringComparer.Ordinal);

    /// <summary>This loop turns now, and again within so long.</summary>
    public void Beat(string loop, TimeSpan silenceMax) => _turns[loop] = (pace.GetTimestamp(), silenceMax);

    /// <summary>A loop that is overdue, by its name; null while all turn.</summary>
    public string? Stuck() =>
        _turns.Where(turn => pace.GetElapsedTime(turn.Value.At) > turn.Value.SilenceMax)
            .Select(turn => turn.Key)
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
}
