namespace Hub.Gateway.Web.Inbox;

/// <summary>One promise as a page shows it.</summary>
/// <param name="Name">The clock's name: a key of the <c>clock</c> words.</param>
/// <param name="StartedAt">When it began to run.</param>
/// <param name="DueAt">When it must have been kept; null if it has not begun.</param>
/// <param name="StoppedAt">When it was stopped; null while it runs.</param>
/// <param name="IsReplaced">Another promise has taken its place, so it counts neither as kept nor as broken.</param>
public sealed record ClockView(
    string Name, DateTimeOffset? StartedAt, DateTimeOffset? DueAt, DateTimeOffset? StoppedAt, bool IsReplaced = false)
{
    private const double SoonBelow = 0.5;
    private const double UrgentBelow = 0.2;

    public bool IsRunning => DueAt is not null && StoppedAt is null && !IsReplaced;

    public bool IsBrokenAt(DateTimeOffset now) => DueAt is { } due && !IsReplaced && (StoppedAt ?? now) > due;

    /// <summary>waiting, replaced, kept, ok, soon, urgent or late: the class of the chip and its word.</summary>
    public string LevelAt(DateTimeOffset now)
    {
        if (DueAt is not { } due)
        {
            return "waiting";
        }

        if (IsReplaced)
        {
            return "replaced";
        }

        if (IsBrokenAt(now))
        {
            return "late";
        }

        return StoppedAt is not null ? "kept" : RunningLevel(now, due);
    }

    private string RunningLevel(DateTimeOffset now, DateTimeOffset due)
    {
        var whole = (due - (StartedAt ?? now)).TotalSeconds;
        var left = (due - now).TotalSeconds / Math.Max(1, whole);
        return left < UrgentBelow ? "urgent" : left < SoonBelow ? "soon" : "ok";
    }
}
