using Hub.Rules.Detectors;

namespace Hub.Rules.Engine;

/// <summary>
/// Q1 for what never becomes a reading: a value or a time that can't be is set aside at the hub's door, and whoever
/// sent it is named, once a day at most, for a broken sender sends much. So is one that comes in another unit, which
/// waits for what an engineer says.
/// </summary>
internal sealed class RefusalJudge(EngineState state, Announcer announcer)
{
    private const long AgainTicks = TimeSpan.TicksPerDay;

    public void Take(Entry.SetAside aside)
    {
        var at = aside.ReceivedAt.UtcTicks;
        if (aside.Kind is not (SetAsideKind.Impossible or SetAsideKind.OtherUnit)
            || !state.Sources.TryGetValue(aside.Source, out var source)
            || (source.RefusedTicks != 0 && at - source.RefusedTicks < AgainTicks))
        {
            return;
        }

        source.RefusedTicks = at;
        foreach (var point in state.Points.Where(point => point.Source == source))
        {
            if (Array.Find(point.Watches, watch => watch.Bound.Rule.Detector == "Q1") is { } watch)
            {
                var rule = watch.Bound.Rule;
                var id = Announcer.IdOf(rule, source.Id, at);
                var key = aside.Kind == SetAsideKind.OtherUnit ? "Q1.unit" : "Q1.refused";
                var reason = new Reason(key, at - TimeSpan.TicksPerDay, null, "");
                announcer.Raise(source, point, watch.Bound, id, at, at, reason);
                announcer.Clear(source, rule.Detector, rule.Id, id, point.Space.Space.Id, at);
                return;
            }
        }
    }
}
