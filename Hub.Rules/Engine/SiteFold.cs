using Hub.Rules.Detectors;
using Hub.Rules.Packs;
using Hub.Rules.Site;

namespace Hub.Rules.Engine;

/// <summary>Takes site changes in: what is where, who lives there, and which rules look at what.</summary>
internal sealed class SiteFold(EngineState state, Judge judge, SourceJudge sources, Announcer announcer)
{
    public void Take(DateTimeOffset at, SiteChange change)
    {
        var ticks = at.UtcTicks;
        switch (change)
        {
            case SiteChange.SpaceDefined { Space: var space }:
                SpaceOf(space.Id, ticks).Describe(space, ticks);
                foreach (var point in SpaceOf(space.Id, ticks).Points)
                {
                    Bind(point, ticks);
                }

                break;
            case SiteChange.PointCommissioned { Point: var point }:
                Commission(point, ticks);
                break;
            case SiteChange.PointRetired { Point: var number }:
                Retire(number.Value, ticks);
                break;
            case SiteChange.OccupancyChanged moved:
                SpaceOf(moved.SpaceId, ticks).Move(moved.Occupancy, moved.At.UtcTicks);
                break;
            case SiteChange.WindowPlanned { Window: var window }:
                SpaceOf(window.SpaceId, ticks).Plan(window);
                break;
            case SiteChange.WindowWithdrawn { Window: var window, At: var end }:
                SpaceOf(window.SpaceId, ticks).Withdraw(window, end);
                break;
            case SiteChange.MeterExchanged exchanged:
                Exchange(exchanged);
                break;
            case SiteChange.RulesActivated activated:
                Activate(activated, ticks);
                break;
            case SiteChange.UnitAgreed or SiteChange.UnitRefused or SiteChange.RulesTested:
                break;
            default:
                throw new InvalidOperationException($"Unknown site change {change.GetType().Name}.");
        }
    }

    /// <summary>Looks for the rules that cover the point; a rule that stays keeps what it knows.</summary>
    public void Bind(PointTrack point, long atTicks)
    {
        var before = point.Watches;
        var rules = state.Rules.Rules.Where(bound => Covers(bound.Rule, point)).ToList();
        point.Bind(
        [
            .. from bound in rules
               where bound.Rule.Detector is not ("X1" or "H1" or "H8" or "K1" or "O1" or "O2")
               select Keep(before, bound) ?? new Watch(bound, DetectorMaking.Make(bound.Rule, point.Point.Signal)!),
        ]);
        foreach (var gone in before.Except(point.Watches))
        {
            judge.End(point, gone, Math.Max(atTicks, point.JudgedTicks));
        }

        point.Press = rules.Find(bound => bound.Rule.Detector == "K1");
        BindSilence(point, rules.Find(bound => bound.Rule.Detector == "H1"), atTicks);
        BindFusion(point, rules.Find(bound => bound.Rule.Detector == "X1"), atTicks);
        BindSource(point);
        if (point.Life is not null)
        {
            BindLives(point.Space, atTicks);
        }
    }

    public void BindAll(long atTicks)
    {
        foreach (var source in state.Sources.Values)
        {
            source.Health.Unbind();
        }

        foreach (var point in state.Points)
        {
            Bind(point, atTicks);
        }

        foreach (var source in state.Sources.Values)
        {
            sources.Settle(source, atTicks);
        }
    }

    public SpaceTrack SpaceOf(string id, long atTicks)
    {
        if (!state.Spaces.TryGetValue(id, out var space))
        {
            // A point may come before its space is described; until then somebody might live there.
            space = new SpaceTrack(new Space(id, SpaceKind.Unit, id), atTicks) { SavedIn = state.SnapshotNumber };
            state.Spaces.Add(id, space);
        }

        return space;
    }

    private static bool Covers(Rule rule, PointTrack point) =>
        (rule.Scope.Signals.Count > 0 || DetectorCatalogue.Of(rule.Detector).Reads(point.Point.Signal))
        && rule.Scope.Covers(point.Point, point.Space.Space);

    private static Watch? Keep(Watch[] before, BoundRule bound)
    {
        var same = Array.Find(before, watch => watch.Bound.Rule.JudgesAs(bound.Rule));
        if (same is not null)
        {
            same.Bound = bound;
        }

        return same;
    }

    private void BindSilence(PointTrack point, BoundRule? bound, long atTicks)
    {
        if (point.Silence is { AlarmId.Length: > 0 } old && bound is null)
        {
            announcer.Clear(point, old.Bound.Rule, old.AlarmId, atTicks);
        }

        if (bound is null)
        {
            point.Silence = null;
        }
        else if (point.Silence?.Bound != bound)
        {
            var silence = new SilenceWatch(bound);
            silence.BornTicks = point.Silence?.BornTicks ?? atTicks;
            silence.AlarmId = point.Silence?.AlarmId ?? "";
            point.Silence = silence;
        }
    }

    /// <summary>The signs of life of a space are looked at if a rule covers one of the points that give them.</summary>
    private void BindLives(SpaceTrack space, long atTicks)
    {
        var before = space.Lives.ToList();
        space.Lives.Clear();
        space.Lives.AddRange(
            from bound in state.Rules.Rules
            where bound.Rule.Detector is "O1" or "O2" && space.Points.Exists(point => Covers(bound.Rule, point))
            select before.Find(life => life.TryKeep(bound)) ?? new LifeWatch(bound));
        foreach (var gone in before.Except(space.Lives))
        {
            judge.End(space, gone, atTicks);
        }
    }

    /// <summary>What the hub sees of a whole source is told of where its first covered point is.</summary>
    private void BindSource(PointTrack point)
    {
        foreach (var watch in point.Source.Health.Watches)
        {
            var bound = state.Rules.Rules.FirstOrDefault(bound =>
                bound.Rule.Detector == watch.Detector
                && (bound.Rule.Scope with { Signals = [] }).Covers(point.Point, point.Space.Space));
            if (bound is not null)
            {
                watch.Bind(bound, point);
            }
        }
    }

    private void BindFusion(PointTrack point, BoundRule? bound, long atTicks)
    {
        var fusions = point.Space.Fusions;
        var old = fusions.Find(fusion => fusion.Door == point);
        if (old is not null && old.Bound == bound)
        {
            return;
        }

        if (old is { IsFiring: true })
        {
            announcer.Clear(point, old.Bound.Rule, old.AlarmId, atTicks);
        }

        if (old is not null)
        {
            fusions.Remove(old);
        }

        if (bound is not null)
        {
            fusions.Add(new FusionWatch(bound, point));
        }
    }

    private void Commission(Point point, long atTicks)
    {
        var space = SpaceOf(point.SpaceId, atTicks);
        if (state.Find(point.Number.Value) is not { } track)
        {
            track = new PointTrack(point, space, state.SourceOf(point.Edge)) { SavedIn = state.SnapshotNumber };
            track.Source.PointCount++;
            state.Put(point.Number.Value, track);
            space.Add(track);
        }
        else
        {
            track.Space.Remove(track);
            track.Space.Fusions.RemoveAll(fusion => fusion.Door == track);
            track.Describe(point, space);
            space.Add(track);
        }

        Bind(track, atTicks);
    }

    private void Retire(int number, long atTicks)
    {
        if (state.Find(number) is not { } point)
        {
            return;
        }

        foreach (var watch in point.Watches)
        {
            judge.End(point, watch, atTicks);
        }

        point.Bind([]);
        BindSilence(point, null, atTicks);
        BindFusion(point, null, atTicks);
        point.Source.PointCount--;
        point.Space.Remove(point);
        state.Put(number, null);
        BindLives(point.Space, atTicks);
        point.Source.Health.Unbind();
        foreach (var other in state.Points.Where(other => other.Source == point.Source))
        {
            BindSource(other);
        }

        sources.Settle(point.Source, atTicks);
    }

    private void Exchange(SiteChange.MeterExchanged exchanged)
    {
        if (state.Find(exchanged.Point.Value) is not { } point)
        {
            return;
        }

        while (point.Waiting.TryLeave(long.MaxValue, out var ticks, out var value))
        {
            judge.Take(point, ticks, value);
        }

        if (exchanged.At.UtcTicks < point.Register.LastTicks)
        {
            // Told too late: the register has met the new meter by itself, and what was judged isn't judged again.
            return;
        }

        point.AskAllNext();
        point.Register.Exchange(exchanged.At.UtcTicks, exchanged.FinalRegister, exchanged.StartRegister);
        point.JudgedTicks = Math.Max(point.JudgedTicks, exchanged.At.UtcTicks);
        var meter = (point.Point.Meter ?? new Meter()) with { Serial = exchanged.NewSerial };
        point.Describe(point.Point with { Meter = meter }, point.Space);
    }

    private void Activate(SiteChange.RulesActivated activated, long atTicks)
    {
        if (RuleTexts.Read(activated.PackId, activated.Yaml) is not { } pack)
        {
            return;
        }

        state.ActivatedTexts[activated.PackId] = activated.Yaml;
        state.Rules = state.Rules.With(pack with { Version = activated.Version });
        BindAll(atTicks);
    }
}
