using System.Text;

namespace Hub.Gateway.Adapters.Sparkplug;

/// <summary>
/// A Sparkplug B payload (Sparkplug 3.0, 6.4; org.eclipse.tahu.protobuf): what of it makes readings.
/// <code>
///  Payload  1 timestamp │ 2 metric* │ 3 seq
///  Metric   1 name │ 2 alias │ 3 timestamp │ 4 datatype │ 7 is_null │ 9 properties
///           10 int │ 11 long │ 12 float │ 13 double │ 14 boolean
///  Properties  1 key* │ 2 value*      Value  8 string
/// </code>
/// </summary>
internal sealed class SparkplugPayload
{
    private const int PropertiesMax = 50;

    private readonly List<SparkplugMetric> _metrics = [];

    public ulong? At { get; private set; }

    public ulong? Sequence { get; private set; }

    public IReadOnlyList<SparkplugMetric> Metrics => _metrics;

    /// <summary>The payload; null if the bytes are none, with a sentence why.</summary>
    public static SparkplugPayload? Read(ReadOnlySpan<byte> bytes, int metricsMax, out string wrong)
    {
        var payload = new SparkplugPayload();
        var reader = new ProtobufReader(bytes);
        wrong = "The payload is no Sparkplug B protobuf.";
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    payload.At = reader.Number;
                    break;
                case 2 when payload._metrics.Count == metricsMax:
                    wrong = $"The payload has more than {metricsMax} metrics; send smaller ones.";
                    return null;
                case 2:
                    if (ReadMetric(reader.Bytes) is not { } metric)
                    {
                        return null;
                    }

                    payload._metrics.Add(metric);
                    break;
                case 3:
                    payload.Sequence = reader.Number;
                    break;
                default:
                    break;
            }
        }

        return reader.IsBroken ? null : payload;
    }

    /// <summary>The command that asks a node for its birth (Sparkplug 3.0, 6.4.22).</summary>
    public static byte[] Rebirth(DateTimeOffset now)
    {
        const string Name = "Node Control/Rebirth";
        var metric = new List<byte> { 0x0A, (byte)Name.Length };
        metric.AddRange(Encoding.UTF8.GetBytes(Name));
        metric.AddRange([0x20, 11, 0x70, 1]);
        var payload = new List<byte> { 0x08 };
        for (var at = (ulong)now.ToUnixTimeMilliseconds(); ; at >>= 7)
        {
            payload.Add((byte)(at < 0x80 ? at : (at & 0x7F) | 0x80));
            if (at < 0x80)
            {
                break;
            }
        }

        payload.AddRange([0x12, (byte)metric.Count]);
        payload.AddRange(metric);
        return [.. payload];
    }

    private static SparkplugMetric? ReadMetric(ReadOnlySpan<byte> bytes)
    {
        var metric = default(SparkplugMetric) with { Unit = "" };
        var isNull = false;
        var reader = new ProtobufReader(bytes);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    metric = metric with { Name = reader.Text };
                    break;
                case 2:
                    metric = metric with { Alias = reader.Number };
                    break;
                case 3:
                    metric = metric with { At = reader.Number };
                    break;
                case 4:
                    metric = metric with { DataType = (uint)reader.Number };
                    break;
                case 7:
                    isNull = reader.Number != 0;
                    break;
                case 9:
                    metric = metric with { Unit = UnitIn(reader.Bytes) };
                    break;
                case >= 10 and <= 14:
                    metric = metric with { Value = Value(in reader, metric.DataType) };
                    break;
                default:
                    break;
            }
        }

        return reader.IsBroken ? null : isNull ? metric with { Value = null } : metric;
    }

    // 6.4.16: signed ones travel as their two's complement in an unsigned field.
    private static double Value(in ProtobufReader reader, uint dataType) => reader.Field switch
    {
        10 => dataType switch
        {
            1 => (sbyte)reader.Number,
            2 => (short)reader.Number,
            3 => (int)reader.Number,
            _ => (uint)reader.Number,
        },
        11 => dataType == 4 ? (long)reader.Number : reader.Number,
        12 => reader.Single,
        13 => reader.Double,
        _ => reader.Number != 0 ? 1 : 0,
    };

    private static string UnitIn(ReadOnlySpan<byte> properties)
    {
        var (unitAt, keys, values) = (-1, 0, 0);
        var reader = new ProtobufReader(properties);
        while (reader.Read() && keys < PropertiesMax)
        {
            if (reader.Field == 1)
            {
                unitAt = reader.Text is "engUnit" or "EngUnit" or "Engineering Units" or "unit" ? keys : unitAt;
                keys++;
            }
            else if (reader.Field == 2 && values++ == unitAt)
            {
                return TextIn(reader.Bytes);
            }
        }

        return "";
    }

    private static string TextIn(ReadOnlySpan<byte> value)
    {
        const int CharactersMax = 16;
        var reader = new ProtobufReader(value);
        while (reader.Read())
        {
            if (reader.Field == 8 && reader.Text is { Length: <= CharactersMax } text)
            {
                return text;
            }
        }

        return "";
    }
}
