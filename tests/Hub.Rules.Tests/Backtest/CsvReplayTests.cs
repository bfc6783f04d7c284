using System.Globalization;
using Hub.Rules.Backtest;
using Hub.Rules.Engine;
using Hub.Rules.Packs;

namespace Hub.Rules.Tests.Backtest;

public class CsvReplayTests
{
    private static readonly DateTime Start = new(2026, 5, 4, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string[] Homes = ["empty", "lived"];

    [Fact]
    public void A_leak_in_a_vacant_home_is_found_and_the_same_water_where_people_live_is_not()
    {
        var rows = Rows(
            from hour in Enumerable.Range(0, 72)
            from device in Homes
            let litres = 1000 + (hour < 24 ? 0 : 12 * Math.Min(hour - 24, 6))
            select $"{At(hour)},{device},water_total,{litres},L");

        var alarms = Run(rows, "device,state,start,end\nempty,vacant,2026-05-01T00:00:00Z,2026-06-01T00:00:00Z\n");

        Assert.All(alarms, alarm => Assert.Equal(("empty", "water_total"), (alarm.Device, alarm.Signal)));
        Assert.Equal("W1 W1 W2", string.Join(' ', alarms.Select(alarm => alarm.Kind).Order()));
        Assert.Equal(At(25), alarms[0].Time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Who_moves_out_is_watched_from_then_on()
    {
        var rows = Rows(Enumerable.Range(0, 48).Select(hour => $"{At(hour)},w,water_total,{1000 + (50 * (hour / 6))},L"));

        var alarms = Run(rows, $"device,state,start,end\nw,vacant,{At(20)},2026-06-01T00:00:00Z\n");

        Assert.Equal(At(24), alarms[0].Time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Rows_come_in_the_order_they_were_received_and_late_ones_are_counted()
    {
        var replay = new CsvReplay(RuleSet.From(DefaultPacks.All), SignalMap.Default);
        var rows = "time,device,signal,value,unit,received\n"
            + $"{At(0)},w,water_total,1000,L,{At(0)}\n{At(2)},w,water_total,1002,L,{At(2)}\n"
            + $"{At(1)},w,water_total,1001,L,{At(3)}\n{At(2)},w,water_total,1002,L,{At(3)}\n";

        Assert.Empty(replay.Run(new StringReader(rows), null).ToList());

        Assert.Equal((2, 1, 1), (replay.Engine.Counters.Readings, replay.Engine.Counters.Late, replay.Engine.Counters.Duplicate));
    }

    [Fact]
    public void A_plant_with_several_temperatures_has_a_part_for_each_and_its_alarms_name_the_row_they_came_from()
    {
        var rows = Rows(
            from hour in Enumerable.Range(0, 12)
            from row in new[] { $"supply_air_temperature,{(hour < 6 ? 15 : 8)},degC", "mixed_air_temperature,8,degC" }
            select $"{At(hour)},ahu,{row}");

        var alarms = Run(rows, "device,state,start,end\n");

        var cold = Assert.Single(alarms, alarm => alarm.Kind == "F1");
        Assert.Equal(("ahu", "supply_air_temperature"), (cold.Device, cold.Signal));
    }

    [Fact]
    public void What_has_no_meaning_is_skipped_and_counted()
    {
        var replay = new CsvReplay(RuleSet.From(DefaultPacks.All), SignalMap.Default);

        Assert.Empty(replay.Run(
            new StringReader($"time,device,signal,value,unit\n{At(0)},a,flush,1,bool\nnever,a,water_total,1,L\n"), null));
        Assert.Equal(2, replay.Skipped);
    }

    [Fact]
    public void What_cannot_be_is_set_aside_and_its_sender_named_once_a_day()
    {
        var rows = Rows(Enumerable.Range(0, 40).Select(hour => $"{At(hour)},w,water_total,{(hour < 20 ? -1 : 5)},L"));

        var alarm = Assert.Single(Run(rows, "device,state,start,end\n"));

        Assert.Equal(("w", "", "Q1"), (alarm.Device, alarm.Signal, alarm.Kind));
    }

    [Fact]
    public void Who_delivers_late_is_given_a_day_and_then_only_what_never_came_is_missing()
    {
        // Readings every ten minutes; one is late by an hour, 600 to 650 come at once, 1000 to 1050 never.
        var readings =
            from i in Enumerable.Range(0, 1200)
            where i is < 1000 or > 1050
            let received = i == 50 ? 560 : i is >= 600 and <= 650 ? 6510 : 10 * i
            select (At: Start.AddMinutes(10 * i), Received: Start.AddMinutes(received), i);
        var rows = "time,device,signal,value,unit,received\n" + string.Join('\n', readings
            .OrderBy(row => row.Received).ThenBy(row => row.At)
            .Select(row => $"{row.At:yyyy-MM-ddTHH:mm:ssZ},w,water_total,{row.i / 9},L,{row.Received:yyyy-MM-ddTHH:mm:ssZ}"));

        var alarm = Assert.Single(Run(rows, "device,state,start,end\n"), alarm => alarm.Kind == "H1");

        Assert.Equal("H1.missing", alarm.Raised.Why.Key);
        Assert.Equal(Start.AddMinutes(10510), alarm.Time.UtcDateTime);
    }

    private static List<ReplayAlarm> Run(string rows, string context) =>
        [.. new CsvReplay(RuleSet.From(DefaultPacks.All), SignalMap.Default)
            .Run(new StringReader(rows), new StringReader(context))];

    private static string Rows(IEnumerable<string> rows) => "time,device,signal,value,unit\n" + string.Join('\n', rows) + "\n";

    private static string At(int hour) => Start.AddHours(hour).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
