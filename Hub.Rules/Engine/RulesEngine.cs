using Hub.Rules.Alarms;
using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// The fold: <c>(state, transitions) = step(state, entry)</c>. Live, dry run, backtest and replay after a crash are
/// this one class over the same entries. It has no clock, no disk and no log; how time passes is told in README.md.
/// Not thread-safe: one owner.
/// </summary>
public sealed partial class RulesEngine
{
    /// <summary>How far ahead of the hub a device's clock may be.</summary>
    private const long FutureTicksMax = 15 * TimeSpan.TicksPerMinute;

    /// <summary>Whose clock stands still is asked again after this.</summary>
    private const long AskAgainTicks = TimeSpan.TicksPerMinute;

    private readonly EngineState _state;
    private readonly Announcer _announcer = new();
    private readonly OutageJudge _outages;
    private readonly Judge _judge;
    private readonly SilenceJudge _silence;
    private readonly SourceJudge _sources;
    private readonly SiteFold _site;
    private readonly PressJudge _presses;
    private readonly RefusalJudge _refusals;

    public RulesEngine(RuleSet rules)
    {
        _state = new EngineState(rules);
        _outages = new OutageJudge(_state, _announcer);
        _judge = new Judge(_announcer) { HasStopped = _state.HasStopped, Outages = _outages };
        _silence = new SilenceJudge(_state, _outages, _announcer);
        _sources = new SourceJudge(_announcer);
        _site = new SiteFold(_state, _judge, _sources, _announcer);
        _presses = new PressJudge(_state, _announcer);
        _refusals = new RefusalJudge(_state, _announcer);
    }

    /// <summary>The rules in force: those given, and what entries have activated since.</summary>
    public RuleSet Rules => _state.Rules;

    public EngineCounters Counters => _state.Counters;

    /// <summary>Who is told what the registers count; nobody by default.</summary>
    public IMeterLog? Meters { get => _judge.Meters; set => _judge.Meters = value; }

    /// <summary>Takes the next entry; the list is valid until the next step.</summary>
    public IReadOnlyList<AlarmTransition> Step(Entry entry)
    {
        _announcer.Begin();
        _state.Snapshot?.Preserve(entry);
        switch (entry)
        {
            case Entry.Readings readings:
                Take(readings);
                break;
            case Entry.Tick tick:
                Pass(tick.At.UtcTicks);
                break;
            case Entry.Changed changed:
                _site.Take(changed.At, changed.Change);
                Wake(changed.Change);
                break;
            case Entry.Presence presence:
                _sources.Take(_state.SourceOf(presence.Source), presence);
                break;
            case Entry.Lost lost:
                _state.SourceOf(lost.Source).Lose(lost.IsAhead, lost.Before.UtcTicks);
                break;
            case Entry.SetAside aside:
                _refusals.Take(aside);
                break;
            default:
                throw new InvalidOperationException($"Unknown entry {entry.GetType().Name}.");
        }

        return _announcer.Transitions;
    }

    /// <summary>
    /// Begins to write the state as it is now; with the position of the last entry it is a checkpoint. One that is
    /// being written is completed first.
    /// </summary>
    public Snapshot BeginSnapshot() => new(_state);

    /// <summary>
    /// The engine as it was saved, under these rules and the packs that entries had activated. What a rule had seen is
    /// kept if it still judges alike.
    /// </summary>
    public static RulesEngine Load(IEnumerable<ReadOnlyMemory<byte>> parts, RuleSet rules)
    {
        var engine = new RulesEngine(rules);
        Checkpoint.Load(engine._state, engine._site, parts);
        foreach (var point in engine._state.Points)
        {
            foreach (var atTicks in point.Waiting.WaitingTicks)
            {
                point.Source.Await(point, atTicks);
            }

            engine.Schedule(point);
        }

        return engine;
    }

    private void Take(Entry.Readings readings)
    {
        var arrived = readings.ReceivedAt.UtcTicks;
        SourceTrack? source = null;
        var (before, newest, newestMeter) = (0L, 0L, 0L);
        var items = readings.Items.Span;
        for (var i = 0; i < items.Length; i++)
        {
            FetchNext(items[i..]);
            ref readonly var reading = ref items[i];
            if (_state.Find(reading.Point.Value) is not { } point)
            {
                _state.Counters.CountUnknown();
                continue;
            }

            _state.Snapshot?.Preserve(point);
            (source, before) = source is null ? (point.Source, point.Source.NewestMeterTicks) : (source, before);
            newest = Math.Max(newest, reading.AtTicks);
            newestMeter = point.IsAhead ? newestMeter : Math.Max(newestMeter, reading.AtTicks);
            if (point.Kind == SignalKind.Press)
            {
                // A press does not wait for its neighbours: each is its own effect.
                _presses.Take(point, reading);
            }
            else if (reading.AtTicks > arrived + FutureTicksMax)
            {
                _state.Counters.CountFuture();
            }
            else
            {
                Take(point, reading, arrived);
            }
        }

        if (source is not null)
        {
            _sources.Hear(source, readings.Epoch, arrived, newest, newestMeter, newestMeter > before);
        }
    }

    private void Take(PointTrack point, in Reading reading, long arrived)
    {
        Hear(point, reading.AtTicks, arrived);
        if (reading.Quality == Quality.Bad || !double.IsFinite(reading.Value))
        {
            return;
        }

        switch (point.Waiting.Add(reading.AtTicks, reading.Value, arrived))
        {
            case ReorderBuffer.Answer.Late:
                _state.Counters.CountLate();
                Meters?.Late(point.Point, reading.AtTicks, reading.Value);
                _judge.Correct(point, reading.AtTicks, reading.Value);
                return;
            case ReorderBuffer.Answer.Duplicate:
                _state.Counters.CountDuplicate();
                return;
            default:
                point.Source.Await(point, reading.AtTicks);
                JudgeCalled(point.Source);
                JudgeDue(point);
                Schedule(point);
                return;
        }
    }

    private void Hear(PointTrack point, long atTicks, long arrived)
    {
        if (atTicks > point.HeardTicks)
        {
            if (point.HeardTicks != 0)
            {
                point.Gaps.Add(Math.Max(atTicks - point.HeardTicks, arrived - point.ArrivedTicks));
            }

            (point.HeardTicks, point.ArrivedTicks) = (atTicks, arrived);
            _silence.Hear(point, atTicks, arrived);
        }

        point.Source.Hear(point, atTicks, arrived);
        if (point.Kind is not (SignalKind.Contact or SignalKind.Press) && Sampling.UsualOf(point) is > 0 and var usual)
        {
            point.Source.Cadence = point.Source.Cadence == 0 ? usual : Math.Min(point.Source.Cadence, usual);
        }
    }

    private void JudgeCalled(SourceTrack source)
    {
        while (source.TryCall(_state, out var point))
        {
            _state.Snapshot?.Preserve(point);
            if (point.Waiting.TryLeave(long.MaxValue, out var atTicks, out var value))
            {
                JudgeNext(point, atTicks, value);
            }

            if (point.Kind == SignalKind.Contact)
            {
                Schedule(point);
            }
        }
    }

    private void JudgeDue(PointTrack point)
    {
        while (point.Waiting.TryLeave(_state.HubTicks, out var atTicks, out var value))
        {
            JudgeNext(point, atTicks, value);
        }
    }

    private void JudgeNext(PointTrack point, long atTicks, double value)
    {
        _state.Counters.CountReading();
        _silence.Judged(point, point.JudgedTicks, atTicks);
        _judge.Take(point, atTicks, value);
    }

    private void Pass(long hubTicks)
    {
        _state.MoveClock(hubTicks);
        var turns = _state.TakeDue(hubTicks);
        for (var i = 0; i < turns.Length; i++)
        {
            FetchNext(turns[i..]);
            var due = turns[i];
            if (_state.Keep(due) is not { } point)
            {
                continue;
            }

            _state.Snapshot?.Preserve(point);
            JudgeDue(point);
            var known = hubTicks - ReorderBuffer.LatenessTicksMax;
            if (point.Kind == SignalKind.Contact && point.Source.IsLive(hubTicks))
            {
                _judge.Pass(point, Math.Min(known, point.HeldTicks));
            }

            _silence.Look(point, known);
            Schedule(point, hubTicks + AskAgainTicks);
        }
    }

    /// <summary>When time alone may change something here; no earlier than <paramref name="earliest"/>.</summary>
    private void Schedule(PointTrack point, long earliest = 0)
    {
        var turn = point.Waiting.DueTicks;
        var soonest = Math.Max(SilenceJudge.SoonestTicks(point), earliest);
        if (point.Kind != SignalKind.Contact && Math.Min(turn, point.WakeTicks) <= soonest)
        {
            // Mostly a reading waits, and is judged long before silence could be.
            _state.Wake(point, turn);
            return;
        }

        var due = _silence.DueTicks(point);
        if (point.Kind == SignalKind.Contact)
        {
            foreach (var watch in point.Watches)
            {
                due = Math.Min(due, watch.DueTicks);
            }
        }

        due = due > long.MaxValue / 2 ? long.MaxValue : due + ReorderBuffer.LatenessTicksMax;
        due = Math.Min(Math.Max(due, earliest), turn);
        if (due != long.MaxValue)
        {
            _state.Wake(point, due);
        }
    }

    /// <summary>What has been bound anew may have something to wait for.</summary>
    private void Wake(Site.SiteChange change)
    {
        var bound = change switch
        {
            Site.SiteChange.PointCommissioned { Point: var point } => [_state.Find(point.Number.Value)!],
            Site.SiteChange.SpaceDefined { Space: var space } => _state.Spaces[space.Id].Points,
            Site.SiteChange.RulesActivated => _state.Points,
            _ => Enumerable.Empty<PointTrack>(),
        };
        foreach (var point in bound)
        {
            Schedule(point);
        }
    }
}
