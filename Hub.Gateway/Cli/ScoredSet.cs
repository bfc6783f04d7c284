using System.Globalization;
using System.Text;
using Hub.Rules.Backtest;
using Hub.Rules.Engine;

namespace Hub.Gateway.Cli;

/// <summary>One data set after its replay: what was found, and what should not have been said.</summary>
/// <param name="Score">By event.</param>
/// <param name="Quiet">False alarms of the devices without a labelled leak.</param>
/// <param name="QuietMonths">How long these were recorded, added up, in months of 30.44 days.</param>
/// <param name="Consumption">The hours' water against a set's <c>truth.csv</c>; null without one.</param>
internal sealed record ScoredSet(EventScore Score, int Quiet, double QuietMonths, ConsumptionCheck? Consumption)
{
    private const double MonthDays = 30.4375;

    private static readonly string[] Leaks = ["continuous_flow", "night_leak"];

    /// <summary>The set of a folder; null if it has no data of its own.</summary>
    public static ScoredSet? Replay(DirectoryInfo folder, RuleSet rules)
    {
        var files = folder.GetFiles();
        var data = Array.Find(files, file => file.Name is "data.csv" or "data.csv.gz");
        if (data is null)
        {
            return null;
        }

        using var labelRows = new StreamReader(Path.Combine(folder.FullName, "labels.csv"));
        var labels = ScoreLabel.Read(labelRows);
        using var rows = ReplayCommand.Open(data);
        var context = Array.Find(files, file => file.Name == "context.csv");
        using var stays = context is null ? null : ReplayCommand.Open(context);
        var replay = new CsvReplay(rules, SignalMap.Default);
        var truth = Array.Find(files, file => file.Name == "truth.csv");
        var hours = truth is null ? null : new HourlyConsumption();
        replay.Engine.Meters = hours;

        // Rows of alarms tell whole seconds; so does the score.
        var alarms = replay.Run(rows, stays).Where(alarm => !alarm.IsUpkeep)
            .Select(alarm => alarm with { Time = WholeSecond(alarm.Time) }).ToList();
        var leaking = labels.Where(label => Leaks.Contains(label.Kind)).Select(label => label.Device).ToHashSet();
        var quiet = EventScore.Of(
            [.. labels.Where(label => !leaking.Contains(label.Device))],
            alarms.Where(alarm => !leaking.Contains(alarm.Device)));
        var months = replay.Spans.Where(span => !leaking.Contains(span.Key))
            .Sum(span => (span.Value.Last - span.Value.First).TotalDays / MonthDays);
        using var hourRows = truth is null ? null : ReplayCommand.Open(truth);
        return new ScoredSet(
            EventScore.Of(labels, alarms), quiet.FalseAlarms + quiet.BenignAlarms, months,
            hourRows is null ? null : ConsumptionCheck.Of(hourRows, hours!.Hours()));
    }

    /// <summary>As lines for a terminal.</summary>
    public string Table(string name)
    {
        var text = new StringBuilder();
        Line(text, $"{name}: {Score.Found} of {Score.Episodes} found, recall {Score.Recall:0.000}");
        Line(text, $"  precision {Score.Precision:0.000}: {Score.FalseAlarms} false, {Score.BenignAlarms} benign");
        Line(text, $"  {Quiet / Math.Max(QuietMonths, 1e-9):0.000} false a device and month without a labelled leak");
        foreach (var kind in Score.Kinds)
        {
            var median = kind.MedianDelay?.TotalHours ?? double.NaN;
            Line(text, $"  {kind.Kind,-26} {kind.Found,3}/{kind.Episodes,-4} median {median:0.0} h");
        }

        if (Consumption is { } water)
        {
            var rest = water.Hours - water.Measured;
            Line(text, $"  water: {water.Litres:0.#} of {water.TrueLitres:0.#} L; to the litre are");
            Line(text, $"    {water.MeasuredRight} of {water.Measured} measured hours");
            Line(text, $"    {water.SumsRight} of {water.Sums} sums over the {rest} others");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static DateTimeOffset WholeSecond(DateTimeOffset time) =>
        time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
