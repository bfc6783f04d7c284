using System.Buffers;
using System.Globalization;
using System.Text;
using Hub.Rules.Site;

namespace Hub.Gateway.Series;

/// <summary>
/// InfluxDB's line protocol, as far as it is needed here. Pure.
/// https://docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference/
/// <c>reading,device=…,signal=…,site=…,space=… value=… nanoseconds</c>
/// </summary>
public static class InfluxLineProtocol
{
    public const string Measurement = "reading";

    public const string Field = "value";

    /// <summary>
    /// The hub's times end at 100 ns: so many different values of one instant have a nanosecond each.
    /// </summary>
    public const int OrdinalMax = 99;

    // The least and the greatest time InfluxDB takes: int64 nanoseconds without the ends it keeps for itself.
    private const long NanosecondsMin = long.MinValue + 2;
    private const long NanosecondsMax = long.MaxValue - 1;

    /// <summary>
    /// Measurement, tags and the field's name, for all readings of one point. Tags are sorted by key, as it likes
    /// them.
    /// </summary>
    public static byte[] Series(string site, Point point)
    {
        var text = new StringBuilder(Measurement);
        Tag(text, "device", point.DeviceId);
        Tag(text, "signal", point.Signal);
        Tag(text, "site", site);
        Tag(text, "space", point.SpaceId);
        return Encoding.UTF8.GetBytes(text.Append(' ').Append(Field).Append('=').ToString());
    }

    /// <summary>Why a reading can't be written as a line at all; null if it can.</summary>
    public static string? WhyNot(long atTicks, int ordinal, double value)
    {
        if (!double.IsFinite(value))
        {
            return $"value {value.ToString(CultureInfo.InvariantCulture)}: InfluxDB takes only finite numbers";
        }

        if (ordinal > OrdinalMax)
        {
            return $"value number {ordinal + 1} of this instant: InfluxDB can hold {OrdinalMax + 1} of them";
        }

        var nanoseconds = Whole(atTicks) + ordinal;
        return nanoseconds >= NanosecondsMin && nanoseconds <= NanosecondsMax
            ? null
            : "time outside 1677 to 2262, all that InfluxDB's nanoseconds reach";
    }

    /// <summary>A time as InfluxDB counts it; the nearest it takes for one outside 1677 to 2262.</summary>
    public static long Nanoseconds(long ticks) =>
        (long)Int128.Clamp(Whole(ticks), NanosecondsMin, NanosecondsMax);

    /// <summary>The tick that one of InfluxDB's times is in, as an instant's second and third value are.</summary>
    public static long Ticks(long nanoseconds) =>
        DateTime.UnixEpoch.Ticks + (long)Math.Floor((decimal)nanoseconds / TimeSpan.NanosecondsPerTick);

    /// <summary>
    /// A tag's value as it is kept. A backslash can't be escaped in a line, and before a comma it would swallow it: its
    /// full-width twin stands for it. A line ends at a line feed wherever it stands.
    /// </summary>
    public static string Kept(string value) => string.Concat(value.Select(letter => letter switch
    {
        '\\' => '＼',
        < ' ' => '\uFFFD',
        _ => letter,
    }));

    public static void Write(IBufferWriter<byte> output, in SeriesReading reading)
    {
        const int numbersBytesMax = 64;
        var line = output.GetSpan(reading.Series.Length + numbersBytesMax);
        reading.Series.Span.CopyTo(line);
        var length = reading.Series.Length;
        // The shortest text that gives the same double back; without an i behind it, it is a float.
        reading.Value.TryFormat(line[length..], out var written, "R", CultureInfo.InvariantCulture);
        length += written;
        line[length++] = (byte)' ';
        var ticks = reading.AtTicks - DateTime.UnixEpoch.Ticks;
        var nanoseconds = (ticks * TimeSpan.NanosecondsPerTick) + reading.Ordinal;
        nanoseconds.TryFormat(line[length..], out written, default, CultureInfo.InvariantCulture);
        length += written;
        line[length++] = (byte)'\n';
        output.Advance(length);
    }

    private static void Tag(StringBuilder text, string key, string value)
    {
        // An empty tag value is a fault in the whole request: a tag that is not there says the same.
        if (value.Length == 0)
        {
            return;
        }

        text.Append(',').Append(key).Append('=');
        foreach (var letter in Kept(value))
        {
            if (letter is ',' or '=' or ' ')
            {
                text.Append('\\');
            }

            text.Append(letter);
        }
    }

    private static Int128 Whole(long ticks) =>
        (Int128)(ticks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;
}
