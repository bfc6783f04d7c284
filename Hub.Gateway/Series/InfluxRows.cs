using System.Text.Json;

namespace Hub.Gateway.Series;

/// <summary>What an InfluxDB answers to <see cref="InfluxQuery"/>. Pure.</summary>
internal static class InfluxRows
{
    /// <summary>
    /// Each reading as a part of its own; where they are more than <paramref name="readingsMax"/>, stretches.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no answer to that question; the message says why.</exception>
    public static IReadOnlyList<Bucket> Read(ReadOnlyMemory<byte> body, in OlderQuery asked, int readingsMax)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            var results = answer.RootElement.GetProperty("results");
            if (results.GetArrayLength() != 2)
            {
                throw new InvalidDataException("It is no InfluxDB: it answers two statements with another number.");
            }

            var readings = Rows(results[0], columns: 2);
            return readings.Count <= readingsMax
                ? Readings(readings, asked)
                : Stretches(Rows(results[1], InfluxQuery.StretchColumns), asked);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException)
        {
            throw new InvalidDataException($"InfluxDB's answer can't be read: {e.Message}", e);
        }
    }

    private static List<JsonElement> Rows(JsonElement result, int columns)
    {
        if (result.TryGetProperty("error", out var error))
        {
            throw new InvalidDataException($"InfluxDB says: {error.GetString()}");
        }

        if (!result.TryGetProperty("series", out var series) || series.GetArrayLength() == 0)
        {
            return [];
        }

        var rows = series[0].GetProperty("values").EnumerateArray().ToList();
        var isCut = series.GetArrayLength() > 1 || result.TryGetProperty("partial", out _)
            || series[0].TryGetProperty("partial", out _);
        return isCut || rows.Exists(row => row.GetArrayLength() != columns)
            ? throw new InvalidDataException("InfluxDB's answer is cut off, or has other columns.")
            : rows;
    }

    private static List<Bucket> Readings(List<JsonElement> rows, in OlderQuery asked)
    {
        var parts = new List<Bucket>(rows.Count);
        var consumption = new Consumption(asked.Point);
        var earliest = asked.FromTicks;
        foreach (var row in rows)
        {
            var sample = new Sample(At(row, ref earliest, asked.ToTicks), row[1].GetDouble());
            parts.Add(Bucket.Of(sample, consumption.Take(sample)));
        }

        return parts;
    }

    private static List<Bucket> Stretches(List<JsonElement> rows, in OlderQuery asked)
    {
        var parts = new List<Bucket>(rows.Count);
        var consumption = new Consumption(asked.Point);
        var earliest = asked.FromTicks;
        foreach (var row in rows)
        {
            var at = At(row, ref earliest, asked.ToTicks);
            var end = at + Math.Min(asked.WidthTicks, asked.ToTicks - at);
            var (count, min, max) = (row[1].GetInt32(), row[2].GetDouble(), row[3].GetDouble());
            var (first, last) = (row[5].GetDouble(), row[6].GetDouble());
            // A stretch says nothing of its readings' times: they are taken as evenly spread.
            var half = (end - at) / (2 * Math.Max(1L, count));
            var (firstAt, lastAt) = (at + half, Math.Max(at, end - 1 - half));
            if (parts.Count == 0)
            {
                consumption.Take(new Sample(firstAt, first));
            }

            var used = consumption.Take(new Sample(lastAt, last));
            // What went up and down inside a stretch can't be told from its two ends.
            var isRise = min >= first && max <= last;
            parts.Add(new Bucket(
                at, end, count, min, max, row[4].GetDouble(), first, last, firstAt, lastAt,
                isRise ? used : double.NaN));
        }

        return parts;
    }

    /// <summary>Times come in order, and from where they were asked for.</summary>
    private static long At(JsonElement row, ref long earliest, long to)
    {
        var at = InfluxLineProtocol.Ticks(row[0].GetInt64());
        if (at < earliest || at >= to)
        {
            throw new InvalidDataException("InfluxDB's answer has times that were not asked for, or no order.");
        }

        earliest = at;
        return at;
    }
}
