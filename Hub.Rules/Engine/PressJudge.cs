using Hub.Rules.Detectors;
using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>K1: presses and cancels, judged as they come.</summary>
internal sealed class PressJudge(EngineState state, Announcer announcer)
{
    public void Take(PointTrack point, in Reading reading)
    {
        if (reading.Value < 0.5 || point.Press is null)
        {
            return;
        }

        state.Counters.CountReading();
        if (point.Point.Signal == Signal.ButtonCancel)
        {
            Cancel(point, reading);
        }
        else
        {
            Press(point, reading);
        }
    }

    private void Press(PointTrack point, in Reading reading)
    {
        var key = reading.PressId ?? Reason.Instant(reading.AtTicks);
        if (!state.PressesOf(point.Point.DeviceId)
            .TryPress(key, point.Point.Number.Value, reading.AtTicks, out var isCancelled))
        {
            state.Counters.CountDuplicate();
            return;
        }

        var id = IdOf(point, key);
        announcer.Raise(
            point, point.Press!, id, reading.AtTicks, reading.AtTicks, asksForOrder: true,
            new Reason("K1", reading.AtTicks, null, "", ("at", Reason.Instant(reading.AtTicks))));
        if (isCancelled)
        {
            announcer.Withdraw(point, point.Press!.Rule, id, reading.AtTicks);
        }
    }

    private void Cancel(PointTrack point, in Reading reading)
    {
        var presses = state.PressesOf(point.Point.DeviceId);
        if (presses.TryCancel(reading.PressId, reading.AtTicks, out var key, out var number)
            && state.Find(number) is { Press: not null } pressed)
        {
            announcer.Withdraw(pressed, pressed.Press.Rule, IdOf(pressed, key), reading.AtTicks);
        }
    }

    private static string IdOf(PointTrack point, string key) => $"{point.Press!.Rule.Id}|{point.Point.Id}|{key}";
}
