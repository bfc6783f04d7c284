using FsCheck;
using FsCheck.Fluent;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>
/// No change of the clocks changes a promise: orders that live across transitions of 30 zones, against the caretaker
/// who counts minutes. A few hundred by default; with BUILDINGHUB_ZONES=all twenty across every transition from 2015 to
/// 2040.
/// </summary>
public class ZoneTransitionTests
{
    private static readonly string[] Zones =
    [
        "Africa/Cairo", "Africa/Casablanca", "America/Asuncion", "America/Caracas", "America/Havana", "America/Mexico_City",
        "America/New_York", "America/Santiago", "America/Sao_Paulo", "America/St_Johns", "Antarctica/Troll", "Asia/Amman",
        "Asia/Beirut", "Asia/Gaza", "Asia/Hong_Kong", "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Pyongyang", "Asia/Seoul",
        "Asia/Shanghai", "Asia/Tehran", "Asia/Tokyo", "Asia/Ulaanbaatar", "Australia/Lord_Howe", "Australia/Sydney",
        "Europe/Berlin", "Europe/Istanbul", "Europe/London", "Pacific/Apia", "Pacific/Chatham",
    ];

    private static readonly DateTimeOffset From = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2041, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void No_clock_is_moved_by_a_transition_of_any_zone()
    {
        var transitions = Zones.Select(TimeZoneInfo.FindSystemTimeZoneById).SelectMany(TransitionsOf).ToList();
        // Fewer than two a year in most zones, and none in some: their calendars are what is tried, too.
        Assert.InRange(transitions.Count, 500, 2_000);
        if (Environment.GetEnvironmentVariable("BUILDINGHUB_ZONES") == "all")
        {
            transitions.ForEach(one => Check(Gen.Constant(one), 20));
        }
        else
        {
            Check(Gen.Elements(transitions.AsEnumerable()), 200);
        }
    }

    private static void Check(Gen<(TimeZoneInfo Zone, DateTimeOffset At)> transitions, int count)
    {
        var lives = from transition in transitions
                    from before in Gen.Choose(0, 400)
                    from steps in WorkOrderModelTests.AnyStep.ListOf()
                    select (transition, before, steps);
        Prop.ForAll(lives.ToArbitrary(), life => Run(life.transition, life.before, life.steps))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithEndSize(25));
    }

    private static void Run(
        (TimeZoneInfo Zone, DateTimeOffset At) transition, int before, IEnumerable<WorkOrderModelTests.Step> steps)
    {
        var policy = OrderPolicy.Standard with { Zone = transition.Zone };
        var start = TimeZoneInfo.ConvertTime(transition.At.AddMinutes(-before), transition.Zone);

        WorkOrderModelTests.Run(Some.Raise(Some.Press("p1", start)), null, steps, policy);

        // Who is told first is a matter of the lobby's wall clock, in summer and in winter.
        var first = policy.LadderFor(Rules.Alarms.OrderPriority.Normal, "butler", start)[0];
        Assert.Equal((start.Hour is >= 7 and < 23 ? "butler" : "hotline", start), (first.To, first.DueAt));
    }

    /// <summary>The first instants of new offsets, to the minute: found by looking, as a clock on the wall would be.</summary>
    private static IEnumerable<(TimeZoneInfo Zone, DateTimeOffset At)> TransitionsOf(TimeZoneInfo zone)
    {
        for (var day = From; day < Until; day = day.AddDays(1))
        {
            var (low, high) = (day, day.AddDays(1));
            if (zone.GetUtcOffset(low) == zone.GetUtcOffset(high))
            {
                continue;
            }

            while (high - low > TimeSpan.FromMinutes(1))
            {
                var middle = low.AddMinutes(Math.Floor((high - low).TotalMinutes / 2));
                (low, high) = zone.GetUtcOffset(middle) == zone.GetUtcOffset(low) ? (middle, high) : (low, middle);
            }

            yield return (zone, high);
        }
    }
}
