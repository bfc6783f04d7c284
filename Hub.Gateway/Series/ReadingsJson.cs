using System.IO.Pipelines;
using System.Text.Json;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Series;

/// <summary>
/// Writes a page of readings as JSON while it goes out: a page of 100,000 readings needs no memory of its own.
/// </summary>
internal static class ReadingsJson
{
    private const int FlushBytes = 32 * 1024;

    private static readonly JsonWriterOptions Options =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(PipeWriter output, Point point, HistoryPage page, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("device", point.DeviceId);
        json.WriteString("signal", point.Signal);
        json.WriteString("unit", Signal.Of(point.Signal).Unit);
        json.WriteStartArray("items");
        foreach (var item in page.Items)
        {
            Write(json, item);
            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(cancel);
                await output.FlushAsync(cancel);
            }
        }

        json.WriteEndArray();
        if (page.Next is { } next)
        {
            json.WriteString("next", next.ToString());
        }
        else
        {
            json.WriteNull("next");
        }

        json.WriteEndObject();
    }

    public static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, long ticks)
    {
        Span<byte> time = stackalloc byte[Rfc3339.BytesMax];
        json.WriteString(name, time[..Rfc3339.Write(ticks, time)]);
    }

    /// <summary>JSON has no infinity; a chart that meets one gets a gap.</summary>
    public static void WriteValue(Utf8JsonWriter json, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Write(Utf8JsonWriter json, in Sample item)
    {
        json.WriteStartObject();
        WriteTime(json, "time"u8, item.AtTicks);
        WriteValue(json, "value"u8, item.Value);
        if (item.Quality != Quality.Good)
        {
            json.WriteString("quality"u8, item.Quality == Quality.Bad ? "bad"u8 : "uncertain"u8);
        }

        json.WriteEndObject();
    }
}
