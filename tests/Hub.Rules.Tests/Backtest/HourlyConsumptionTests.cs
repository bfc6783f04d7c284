using Hub.Rules.Backtest;
using Hub.Rules.Engine;
using Hub.Rules.Packs;

namespace Hub.Rules.Tests.Backtest;

/// <summary>
/// A morning of a house's meter, a gallon a pulse, with transport faults put in: duplicates, single readings up to a
/// quarter of an hour late, five hours that come at once behind a newer reading, and the register's rollover.
/// From AMPds2 (Makonin et al., Sci. Data 3:160037, 2016), CC BY 4.0, doi:10.7910/DVN/FIE0S4; times and values moved.
/// </summary>
public class HourlyConsumptionTests
{
    [Fact]
    public void Every_hour_is_right_to_the_litre_however_its_readings_travelled()
    {
        var hours = Hours(Text("late-stream.csv"));

        var check = ConsumptionCheck.Of(new StringReader(Text("late-stream-truth.csv")), hours);

        Assert.Equal((7, 7, 7), (check.Hours, check.Measured, check.MeasuredRight));
        Assert.Equal(check.TrueLitres, check.Litres, 3);
    }

    [Fact]
    public void Of_a_gap_only_the_sum_is_known()
    {
        var rows = Text("late-stream.csv").Split('\n')
            .Where(row => !row.StartsWith("2012-09-22T03", StringComparison.Ordinal)
                && !row.StartsWith("2012-09-22T04", StringComparison.Ordinal));

        var hours = Hours(string.Join('\n', rows));

        var check = ConsumptionCheck.Of(new StringReader(Text("late-stream-truth.csv")), hours);
        Assert.Equal((4, 4, 1, 1), (check.Measured, check.MeasuredRight, check.Sums, check.SumsRight));
    }

    private static IEnumerable<ConsumedHour> Hours(string rows)
    {
        var hours = new HourlyConsumption();
        var replay = new CsvReplay(RuleSet.From(DefaultPacks.All), SignalMap.Default);
        replay.Engine.Meters = hours;
        Assert.DoesNotContain(replay.Run(new StringReader(rows), null), alarm => alarm.Kind is not "H1");
        return hours.Hours();
    }

    private static string Text(string name)
    {
        using var stream = typeof(HourlyConsumptionTests).Assembly
            .GetManifestResourceStream($"Hub.Rules.Tests.Backtest.{name}");
        return new StreamReader(stream!).ReadToEnd();
    }
}
