using System.Globalization;
using System.Text.Json;
using Hub.Rules.Alarms;
using Hub.Rules.Backtest;

namespace Hub.Gateway.Cli;

/// <summary>A backtest's report for people, or as JSON.</summary>
internal sealed class BacktestTable(bool asJson, string language)
{
    private const int DifferencesShown = 20;

    public bool AsJson => asJson;

    public static string Progress(long readings, DateTimeOffset? at, double? share) => string.Create(
        CultureInfo.InvariantCulture, $"{share:0%} {readings:#,0} readings, {at:yyyy-MM-dd HH:mm}").TrimStart();

    public async Task<int> WriteAsync(BacktestReport report, TimeZoneInfo zone)
    {
        var lines = asJson ? [JsonSerializer.Serialize(report, JsonSerializerOptions.Web)] : Lines(report, zone);
        foreach (var line in lines)
        {
            await Console.Out.WriteLineAsync(line);
        }

        return ExitCode.Ok;
    }

    private IEnumerable<string> Lines(BacktestReport report, TimeZoneInfo zone)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Pack}: version {report.VersionBefore} in force, version {report.VersionAfter} to come; "
            + $"{report.From:yyyy-MM-dd HH:mm} to {report.To:yyyy-MM-dd HH:mm} UTC, {report.Readings:#,0} readings");
        var rows = Table.Of(
        [
            ["RULE", "ALARMS", "ORDERS", "A DAY", "BY NIGHT", "NIGHTS", "MINUTES"],
            .. report.Rules.Select(rule => Row($"{rule.RuleId} ({rule.Detector})", rule.Before, rule.After)),
            Row("all rules", report.Before, report.After),
        ]);
        foreach (var row in rows)
        {
            yield return row;
        }

        yield return $"of {report.Real} confirmed orders {report.Missed.Count} would be missed"
            + Named(report.Missed) + $"; of {report.False} false ones {report.StillFalse.Count} would still be there"
            + Named(report.StillFalse);
        foreach (var one in report.Differences.Take(DifferencesShown))
        {
            var at = one.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            yield return $"{(one.IsNew ? '+' : '-')} {at} {one.RuleId}: {Explanations.Render(one.Why, language, zone)}";
        }

        if (report.Differences.Count > DifferencesShown)
        {
            yield return $"and {report.Differences.Count - DifferencesShown} more differences; --json has them";
        }
    }

    private static string[] Row(string name, RuleTally? before, RuleTally? after)
    {
        return
        [
            name, Pair(tally => tally.Alarms), Pair(tally => tally.Orders), Pair(tally => tally.OrdersPerDay),
            Pair(tally => tally.NightOrders), Pair(tally => tally.Nights), Pair(tally => tally.Minutes),
        ];

        string Pair(Func<RuleTally, double> figure) => $"{Say(before, figure)} > {Say(after, figure)}";

        static string Say(RuleTally? tally, Func<RuleTally, double> figure) =>
            tally is null ? "-" : figure(tally).ToString("0.##", CultureInfo.InvariantCulture);
    }

    private static string Named(IReadOnlyList<string> orders) =>
        orders.Count == 0 ? "" : $" ({string.Join(", ", orders)})";
}
