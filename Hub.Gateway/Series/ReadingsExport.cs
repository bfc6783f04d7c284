using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Series;

/// <summary>
/// Readings as text: CSV, or InfluxDB's line protocol as the hub itself sends it. Page by page, so that neither memory
/// nor a reader's hold on the file grows with what is asked for.
/// </summary>
internal static class ReadingsExport
{
    private const int PageReadings = 10_000;
    private const int RowBytesMax = 512;

    public static readonly byte[] CsvHead = "time,device,signal,value,unit,quality\n"u8.ToArray();

    public static async Task WriteCsvAsync(
        PipeWriter output, HistoryStore history, Point point, DateTimeOffset from, DateTimeOffset to,
        CancellationToken cancel)
    {
        var name = Encoding.UTF8.GetBytes($",{Field(point.DeviceId)},{Field(point.Signal)},");
        var unit = Encoding.UTF8.GetBytes($",{Field(Signal.Of(point.Signal).Unit)},");
        await WriteAsync(output, history, point, from, to, Row, cancel);

        void Row(PipeWriter rows, in Sample sample, int ordinal)
        {
            var row = rows.GetSpan(RowBytesMax + name.Length + unit.Length);
            var length = Rfc3339.Write(sample.AtTicks, row);
            length += Copy(name, row[length..]);
            sample.Value.TryFormat(row[length..], out var written, "R", CultureInfo.InvariantCulture);
            length += written;
            length += Copy(unit, row[length..]);
            length += Copy(Word(sample.Quality), row[length..]);
            row[length++] = (byte)'\n';
            rows.Advance(length);
        }
    }

    /// <summary>What can't be a line is a comment that says why.</summary>
    public static Task WriteLinesAsync(
        PipeWriter output, HistoryStore history, Point point, string site, DateTimeOffset from, DateTimeOffset to,
        CancellationToken cancel)
    {
        var series = InfluxLineProtocol.Series(site, point);
        return WriteAsync(output, history, point, from, to, Row, cancel);

        void Row(PipeWriter rows, in Sample sample, int ordinal)
        {
            if (InfluxLineProtocol.WhyNot(sample.AtTicks, ordinal, sample.Value) is { } reason)
            {
                rows.Write(Encoding.UTF8.GetBytes($"# {point.Id} at {sample.At:O}: {reason}\n"));
                return;
            }

            InfluxLineProtocol.Write(
                rows, new SeriesReading(point.Number, series, sample.AtTicks, ordinal, sample.Value));
        }
    }

    private delegate void WriteRow(PipeWriter rows, in Sample sample, int ordinal);

    private static async Task WriteAsync(
        PipeWriter output, HistoryStore history, Point point, DateTimeOffset from, DateTimeOffset to, WriteRow write,
        CancellationToken cancel)
    {
        var (token, at, ordinal) = ((ReadToken?)null, long.MinValue, 0);
        do
        {
            var page = history.Read(point.Number, from, to, PageReadings, token);
            foreach (var sample in page.Items)
            {
                ordinal = sample.AtTicks == at ? ordinal + 1 : 0;
                at = sample.AtTicks;
                write(output, sample, ordinal);
            }

            token = page.Next;
            await output.FlushAsync(cancel);
        }
        while (token is not null);
    }

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text.CopyTo(to);
        return text.Length;
    }

    private static ReadOnlySpan<byte> Word(Quality quality) => quality switch
    {
        Quality.Good => "good"u8,
        Quality.Uncertain => "uncertain"u8,
        _ => "bad"u8,
    };

    // RFC 4180, 2.6 and 2.7.
    private static string Field(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? text
        : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
