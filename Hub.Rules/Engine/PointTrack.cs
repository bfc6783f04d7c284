using Hub.Rules.Alarms;
using Hub.Rules.Conditions;
using Hub.Rules.Detectors;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Engine;

/// <summary>What the engine remembers of one point.</summary>
internal sealed class PointTrack
{
    /// <summary>About as large in memory.</summary>
    public const int Lines = 5;

    private Register _register;

    public PointTrack(Point point, SpaceTrack space, SourceTrack source)
    {
        (Point, Space, Source) = (point, space, source);
        Describe(point, space);
    }

    public Point Point { get; private set; }

    /// <summary>The number of the snapshot that holds it, or that it is too young for.</summary>
    public int SavedIn { get; set; }

    public int Number => Point.Number.Value;

    public SpaceTrack Space { get; private set; }

    public SourceTrack Source { get; set; }

    public SignalKind Kind { get; private set; }

    /// <summary>Sent ahead of meter readings: contacts and presses.</summary>
    public bool IsAhead => Kind is SignalKind.Contact or SignalKind.Press;

    /// <summary>Which sign of life it gives; null for none.</summary>
    public LifeKind? Life { get; private set; }

    public bool IsWater { get; private set; }

    public bool IsElectric { get; private set; }

    /// <summary>The greatest physical rate per hour in the signal's unit.</summary>
    public double RateMax { get; private set; }

    /// <summary>How often a reading is expected; 0 if that is not known.</summary>
    public long EveryTicks { get; private set; }

    /// <summary>The least step in the signal's unit.</summary>
    public double Resolution { get; private set; }

    public ref Register Register => ref _register;

    public ReorderBuffer Waiting { get; } = new();

    public GapStatistics Gaps { get; } = new();

    public PowerHabit? Habit { get; private set; }

    public Watch[] Watches { get; private set; } = [];

    /// <summary>
    /// The rules that have their say while the space stays <see cref="WasVacant"/>; the others have been told that they
    /// haven't. Null if that must be found out.
    /// </summary>
    public Watch[]? InScope { get; private set; }

    /// <summary>The rule that shelves the point while it fires (H2); null if none looks at it.</summary>
    public Watch? Shelf { get; private set; }

    /// <summary>It chatters: no other rule hears of it.</summary>
    public bool IsShelved => Shelf is { Alarm.State: AlarmState.Firing };

    public bool WasVacant { get; private set; }

    /// <summary>How many alarms are firing during which nothing may be learnt as usual.</summary>
    public int SpoilingCount { get; set; }

    public SilenceWatch? Silence { get; set; }

    public BoundRule? Press { get; set; }

    /// <summary>The newest event time heard, judged or not.</summary>
    public long HeardTicks { get; set; }

    /// <summary>When it was heard, on the hub's clock.</summary>
    public long ArrivedTicks { get; set; }

    /// <summary>The last judged value's time.</summary>
    public long JudgedTicks { get; set; }

    public double JudgedValue { get; set; }

    /// <summary>Until when its state holds: not beyond what has come, of it or its lock, and waits its turn.</summary>
    public long HeldTicks => Math.Min(Waiting.NextTicks, Space.Lock?.Waiting.NextTicks ?? long.MaxValue);

    /// <summary>When the hub will look at it next without news; only the queue writes it.</summary>
    public long WakeTicks { get; set; } = long.MaxValue;

    /// <summary>
    /// Its times were those of a wrong clock: its next reading is its first, and conditions are not true yet.
    /// </summary>
    public void BeginAnew(long ticks)
    {
        (_register, HeardTicks, ArrivedTicks, JudgedTicks) = (default, 0, 0, 0);
        Waiting.Clear();
        foreach (var watch in Watches)
        {
            watch.Detector.Leave(ticks);
            if (watch.Alarm.State == AlarmState.Pending)
            {
                watch.Alarm.End();
            }
        }
    }

    /// <summary>Asks for what a reading that arrives changes.</summary>
    public void FetchNews()
    {
        Cache.Fetch(Waiting, lines: 1);
        Cache.Fetch(Gaps, lines: 3);
        Cache.Fetch(Silence, lines: 2);
    }

    /// <summary>Asks for what judging a reading looks at first.</summary>
    public void FetchNear()
    {
        Cache.Fetch(Waiting, lines: 1);
        Cache.Fetch(InScope, lines: 2);
        Cache.Fetch(Silence, lines: 2);
        Cache.Fetch(Space, lines: 2);
        Cache.Fetch(Habit, lines: 2);
    }

    /// <summary>Asks for the rules in scope.</summary>
    public void FetchWatches()
    {
        Waiting.Fetch();
        Space.Fetch();
        foreach (var watch in InScope ?? [])
        {
            Cache.Fetch(watch, lines: 2);
        }
    }

    /// <summary>Asks for their detectors.</summary>
    public void FetchDetectors()
    {
        Space.FetchNear();
        foreach (var watch in InScope ?? [])
        {
            Cache.Fetch(watch.Detector, lines: 3);
        }
    }

    /// <summary>These rules look at it from now on.</summary>
    public void Bind(Watch[] watches)
    {
        AskAllNext();
        Watches = watches;
        Shelf = Array.Find(watches, watch => watch.Detector is Chatter);
    }

    /// <summary>Who is in scope must be found out anew at the next reading.</summary>
    public void AskAllNext()
    {
        Settle(JudgedTicks);
        InScope = null;
    }

    /// <summary>Tells the rules out of scope, once for all, that they had no say in the readings up to here.</summary>
    public void Settle(long lastTicks)
    {
        foreach (var watch in InScope is null ? [] : Watches)
        {
            if (!watch.IsStopped && !watch.Bound.Rule.Scope.Allows(WasVacant))
            {
                watch.Detector.Leave(lastTicks);
            }
        }
    }

    /// <summary>All rules have been asked or told; from here on only those in scope need be.</summary>
    public void Divide(bool isVacant)
    {
        WasVacant = isVacant;
        InScope = Array.FindAll(Watches, watch => watch.Bound.Rule.Scope.Allows(isVacant));
    }

    public void CountSpoiling() =>
        SpoilingCount = Watches.Count(watch => watch.Spoils && watch.Alarm.State == AlarmState.Firing);

    public void Describe(Point point, SpaceTrack space)
    {
        (Point, Space) = (point, space);
        Kind = Signal.Of(point.Signal).Kind;
        IsWater = point.Signal.StartsWith("water.", StringComparison.Ordinal);
        IsElectric = point.Signal.StartsWith("electric.", StringComparison.Ordinal);
        Life = point.Signal switch
        {
            Signal.WaterVolume => LifeKind.Water,
            Signal.ElectricEnergy or Signal.ElectricInterval => LifeKind.Electricity,
            Signal.DoorOpen => LifeKind.Door,
            _ => null,
        };
        RateMax = point.Meter?.RateMax ?? Physics.RateMax(point.Signal);
        Resolution = point.Meter?.PulseWeight ?? Physics.Resolution(point.Signal);
        EveryTicks = point.Every?.Ticks ?? 0;
        Habit ??= IsElectric ? new PowerHabit() : null;
    }

    public void Persist(StateCodec state)
    {
        var (heard, arrived, judged, value) = (HeardTicks, ArrivedTicks, JudgedTicks, JudgedValue);
        state.Sync(ref heard);
        state.Sync(ref arrived);
        state.Sync(ref judged);
        state.Sync(ref value);
        (HeardTicks, ArrivedTicks, JudgedTicks, JudgedValue) = (heard, arrived, judged, value);
        _register.Persist(state);
        Waiting.Persist(state);
        Gaps.Persist(state);
        Habit?.Persist(state);
    }
}
