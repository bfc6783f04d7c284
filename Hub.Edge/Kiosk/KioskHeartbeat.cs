namespace Hub.Edge.Kiosk;

/// <summary>
/// Whether the screen in the lobby really shows its page: the page says so after each frame that it has drawn. When it
/// falls silent, three cures follow one another, each with time to work; the last one not more than once a day, for a
/// broken screen must not keep the meters from being read.
/// <code>
///   drawn ─45 s─► reload the page ─45 s─► restart the browser ─2 min─► … three times ─► restart the machine
///     ▲                                                                                       │
///     └────────────────────────── a beat ends it all ◄────────────────────────────────────────┘
/// </code>
/// </summary>
/// <param name="pace">Real time.</param>
/// <param name="rebootedAt">When this was last answered with a restart of the machine; kept over it.</param>
public sealed class KioskHeartbeat(TimeProvider pace, DateTimeOffset? rebootedAt)
{
    public static readonly TimeSpan ReloadAfter = TimeSpan.FromSeconds(45);
    public static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(90);
    public static readonly TimeSpan RestartEvery = TimeSpan.FromMinutes(2);
    public static readonly TimeSpan RebootEvery = TimeSpan.FromDays(1);

    private const int RestartsMax = 3;

    private readonly Lock _gate = new();
    private long _beatAt = pace.GetTimestamp(); // A browser has to come up after the edge.
    private long _restartAt;
    private int _restarts;
    private DateTimeOffset? _rebootedAt = rebootedAt;

    /// <summary>The page has drawn a frame within the time that it has for one.</summary>
    public bool IsShown => Silence() < ReloadAfter;

    /// <summary>The page is still silent, and hears this only if its script runs.</summary>
    public bool IsReloadDue => Silence() is var silence && silence >= ReloadAfter && silence < RestartAfter;

    public void Beat()
    {
        lock (_gate)
        {
            _beatAt = pace.GetTimestamp();
            _restarts = 0;
        }
    }

    /// <summary>What is to be done now by whoever asks; it is not asked for again until it has had its time.</summary>
    /// <param name="at">The wall's time.</param>
    public KioskCure Next(DateTimeOffset at)
    {
        lock (_gate)
        {
            var isTooEarly = pace.GetElapsedTime(_beatAt) < RestartAfter
                || (_restarts > 0 && pace.GetElapsedTime(_restartAt) < RestartEvery);
            if (isTooEarly)
            {
                return KioskCure.None;
            }

            if (_restarts >= RestartsMax && !(at - _rebootedAt < RebootEvery))
            {
                (_rebootedAt, _restarts) = (at, 0);
                return KioskCure.Reboot;
            }

            (_restarts, _restartAt) = (_restarts + 1, pace.GetTimestamp());
            return KioskCure.Restart;
        }
    }

    private TimeSpan Silence()
    {
        lock (_gate)
        {
            return pace.GetElapsedTime(_beatAt);
        }
    }
}
