using System.Text.Json;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Series;

/// <summary>
/// A chart's stretches as JSON; a gap has a count of 0 and no values, a register its rate beside them.
/// <c>older</c> says what became of a part that is older than the history.
/// </summary>
internal static class ChartJson
{
    public static void Write(Utf8JsonWriter json, Point point, IReadOnlyList<Bucket> buckets, OlderState older)
    {
        var signal = Signal.Of(point.Signal);
        var rate = RegisterRate.Of(signal);
        var rates = rate is { } known ? RegisterRate.PerHour(buckets, known.PerUnitAndHour) : [];
        json.WriteStartObject();
        json.WriteString("device", point.DeviceId);
        json.WriteString("signal", point.Signal);
        json.WriteString("unit", signal.Unit);
        if (rate is { Unit: var unit })
        {
            json.WriteString("rateUnit", unit);
        }

        if (older != OlderState.None)
        {
            json.WriteString("older", older switch
            {
                OlderState.Shown => "influxdb",
                OlderState.Unreached => "unreached",
                _ => "unavailable",
            });
        }

        json.WriteStartArray("items");
        for (var i = 0; i < buckets.Count; i++)
        {
            json.WriteStartObject();
            Write(json, buckets[i]);
            if (rate is not null)
            {
                ReadingsJson.WriteValue(json, "used"u8, buckets[i].Used);
                ReadingsJson.WriteValue(json, "rate"u8, rates[i].Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in Bucket bucket)
    {
        ReadingsJson.WriteTime(json, "from"u8, bucket.FromTicks);
        ReadingsJson.WriteTime(json, "to"u8, bucket.ToTicks);
        json.WriteNumber("count"u8, bucket.Count);
        ReadingsJson.WriteValue(json, "min"u8, bucket.Min);
        ReadingsJson.WriteValue(json, "max"u8, bucket.Max);
        ReadingsJson.WriteValue(json, "mean"u8, bucket.Mean);
        ReadingsJson.WriteValue(json, "first"u8, bucket.First);
        ReadingsJson.WriteValue(json, "last"u8, bucket.Last);
    }
}
