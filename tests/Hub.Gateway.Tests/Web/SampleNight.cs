using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.Web;

/// <summary>What happens in the sample site: a call, a leak with its readings, a pump that starts too
/// often.</summary>
public static class SampleNight
{
    private static long LastRow;

    public static AlarmTransition.Raised Press(DateTimeOffset at, string id = "p1") => new(
        new AlarmId($"summon|{SampleSite.Lobby}|{id}"), "summon", "K1", SampleSite.Lobby, "edge-b3/lobby",
        Signal.ButtonPress, at, at, 1, new OrderRequest("summon", "summon", OrderPriority.Normal, "butler"),
        new Explanation("K1", new Dictionary<string, string>()), new Evidence([], at, at, null, ""));

    public static AlarmTransition.Raised Leak(DateTimeOffset at, OrderPriority priority = OrderPriority.Normal) => new(
        new AlarmId($"vacant-water|{SampleSite.Leaking}|{at:O}"), "vacant-water", "W2", SampleSite.Leaking,
        "edge-b3/w-1201", Signal.WaterVolume, at, at.AddHours(-2), 7,
        new OrderRequest("leak", "water", priority, "butler"),
        new Explanation("W2.vacant", new Dictionary<string, string>
        {
            ["space"] = "3 栋 2 单元 1201",
            ["lasting"] = "14400",
            ["flow"] = "9",
            ["limit"] = "4",
            ["since"] = "2026-05-03T00:00:00Z",
        }),
        new Evidence([SampleSite.Water, SampleSite.Door], at.AddHours(-6), at, 4, "l/h"));

    public static AlarmTransition.Raised Pump(DateTimeOffset at) => new(
        new AlarmId($"pump-starts|pump-a|{at:O}"), "pump-starts", "F2", "pump-a", "edge-b3/pump-a", "facility.run", at, at,
        2, new OrderRequest("facility", "pump", OrderPriority.Normal, "engineer"),
        new Explanation("F2.starts", new Dictionary<string, string> { ["count"] = "21", ["starts"] = "20" }),
        new Evidence([], at, at, null, ""));

    /// <summary>Raises it at the desk and gives the order back.</summary>
    public static async Task<WorkOrder> RaiseAsync(this PagesHub hub, AlarmTransition.Raised raised)
    {
        await hub.Desk.HandleAsync([raised], new LogPosition(Interlocked.Increment(ref LastRow)), CancellationToken.None);
        return hub.Desk.OpenOrders.Single(order => order.Alarms.Any(alarm => alarm.Id == raised.Id));
    }

    /// <summary>Six hours of the meter: still, then a gap of 40 minutes, then 9 l/h; the door shut
    /// throughout.</summary>
    public static void Flow(this PagesHub hub, DateTimeOffset until)
    {
        var readings = new List<Reading> { new(SampleSite.Door, until.AddHours(-6).UtcTicks, 0) };
        var register = 412.806;
        for (var at = until.AddHours(-6); at <= until; at = at.AddMinutes(5))
        {
            var minutes = (at - until.AddHours(-6)).TotalMinutes;
            register += minutes < 150 ? 0 : (0.0075 + (0.0015 * Math.Sin(minutes / 30))) / 12 * (minutes < 165 ? 0.5 : 1) * 1.25;
            if (minutes is < 100 or > 140)
            {
                readings.Add(new Reading(SampleSite.Water, at.UtcTicks, register));
            }
        }

        hub.History.Take(
            new LogPosition(Interlocked.Increment(ref LastRow)),
            [new Entry.Readings("edge-b3", "", 0, until, readings.ToArray())]);
    }
}
