using System.Globalization;

namespace Hub.Gateway.Series;

/// <summary>
/// The question for what <see cref="InfluxLineProtocol"/> wrote, in InfluxQL. Pure.
/// https://docs.influxdata.com/influxdb/v1/query_language/explore-data/
/// Two statements of one request: the readings themselves, of which one too many says that they are too many; and the
/// same time in stretches. The space is not asked for: a point that has moved is one point.
/// </summary>
internal static class InfluxQuery
{
    private static readonly string[] Functions = ["count", "min", "max", "sum", "first", "last"];

    /// <summary>The columns of a stretch: its time, and one each of count, min, max, sum, first and last.</summary>
    public static int StretchColumns => Functions.Length + 1;

    public static string Text(in OlderQuery asked, string site, int readingsMax)
    {
        var from = InfluxLineProtocol.Nanoseconds(asked.FromTicks);
        var width = Int128.Clamp((Int128)asked.WidthTicks * TimeSpan.NanosecondsPerTick, 1, long.MaxValue);
        var offset = ((from % width) + width) % width;
        var value = $"\"{InfluxLineProtocol.Field}\"";
        var columns = string.Join(", ", Functions.Select(function => $"{function}({value})"));
        string[] conditions =
        [
            Tag("device", asked.Point.DeviceId), Tag("signal", asked.Point.Signal), Tag("site", site),
            string.Create(CultureInfo.InvariantCulture, $"time >= {from}"),
            string.Create(CultureInfo.InvariantCulture, $"time < {InfluxLineProtocol.Nanoseconds(asked.ToTicks)}"),
        ];
        var source = $"FROM \"{InfluxLineProtocol.Measurement}\" WHERE {string.Join(" AND ", conditions)}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT {value} {source} LIMIT {readingsMax + 1}; "
            + $"SELECT {columns} {source} GROUP BY time({width}ns, {offset}ns) fill(none)");
    }

    private static string Tag(string key, string value) => $"\"{key}\" = '{Escaped(InfluxLineProtocol.Kept(value))}'";

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("'", "\\'", StringComparison.Ordinal);
}
