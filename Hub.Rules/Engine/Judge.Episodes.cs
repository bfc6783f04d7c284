using Hub.Rules.Alarms;

namespace Hub.Rules.Engine;

/// <summary>How an episode ends or is put right other than by its condition.</summary>
internal sealed partial class Judge
{
    private const string OrderSuffix = "|order";

    /// <summary>Whether that rule has been stopped at some point already.</summary>
    public Func<string, bool> HasStopped { get; init; } = _ => false;

    /// <summary>One rule that fails here is stopped and named, whatever it failed of; the others go on.</summary>
    private void Stop(PointTrack point, Watch watch, long atTicks, string what)
    {
        var rule = watch.Bound.Rule;
        if (watch.AlarmId.Length > 0)
        {
            TellCleared(point, watch, atTicks, watch.Alarm.Flaps);
        }

        var isFirst = !HasStopped(rule.Id);
        watch.Alarm.End();
        watch.IsStopped = true;
        watch.AlarmId = Announcer.IdOf(rule, $"{point.Point.Id}|fault", atTicks);
        point.CountSpoiling();
        announcer.Fail(point, watch.Bound, watch.AlarmId, atTicks, what, asksForOrder: isFirst);
    }

    /// <summary>A reading came too late to be judged: if it falls into a running episode, that is told once.</summary>
    public void Correct(PointTrack point, long atTicks, double value)
    {
        foreach (var watch in point.Watches)
        {
            if (watch.Alarm.State == AlarmState.Firing && atTicks >= watch.Alarm.OnsetTicks && !watch.IsCorrected)
            {
                watch.IsCorrected = true;
                announcer.Correct(point, watch.Bound.Rule, watch.AlarmId, atTicks, value);
            }
        }
    }

    private void TellCleared(PointTrack point, Watch watch, long atTicks, int flaps)
    {
        var id = watch.AlarmId;
        if (id.EndsWith(OrderSuffix, StringComparison.Ordinal))
        {
            announcer.Clear(point, watch.Bound.Rule, id[..^OrderSuffix.Length], atTicks, flaps);
        }

        if (id.Length > 0)
        {
            announcer.Clear(point, watch.Bound.Rule, id, atTicks, flaps);
        }

        (watch.AlarmId, watch.IsOrdered) = ("", false);
    }
}
