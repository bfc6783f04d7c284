using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Hub.Transport.Messages;

namespace Hub.Transport.Tests.Messages;

/// <summary>The reader against a slow one on JsonDocument, over generated packs; and against bytes from nowhere.</summary>
public class SenMlOracleTests
{
    private static readonly DateTimeOffset ReceivedAt = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Agrees_with_the_slow_reader_on_any_pack()
    {
        var reader = new SenMlReader();
        for (var seed = 0; seed < 500; seed++)
        {
            var pack = AnyPack(new Random(seed));

            Assert.True(reader.TryRead(Encoding.UTF8.GetBytes(pack), ReceivedAt, out var fault), $"seed {seed}: {fault}\n{pack}");

            var read = new List<string>();
            foreach (var record in reader.Records)
            {
                read.Add(Line(
                    Utf8(reader, record.Name), Utf8(reader, record.Unit), Utf8(reader, record.Text), Utf8(reader, record.Id),
                    record.HasValue, record.Value, record.AtTicks));
            }

            Assert.Equal(Slow(pack), read);
        }
    }

    [Fact]
    public void What_the_writer_writes_the_reader_reads()
    {
        var reader = new SenMlReader();
        using var writer = new SenMlWriter();
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var output = new ArrayBufferWriter<byte>();
            var baseAt = ReceivedAt.AddTicks(random.NextInt64(1_000_000_000));
            var expected = new List<string>();
            writer.Begin(output, new SenMlHead
            {
                BaseName = "dev/",
                BaseAt = seed % 3 == 0 ? null : baseAt,
                Epoch = $"e{seed}",
                Sequence = seed + 1,
                Clock = (SenMlClock)(seed % 4),
                SentAt = seed % 5 == 0 ? null : baseAt,
            });
            for (var i = 0; i < 1 + seed % 20; i++)
            {
                var at = baseAt.AddTicks(random.NextInt64(-1_000_000_000, 1_000_000_000));
                var value = random.NextDouble() * Math.Pow(10, random.Next(-10, 10));
                var id = i % 4 == 0 ? $"id-{i}" : null;
                if (i % 5 == 4)
                {
                    writer.AddText("t", "门 \"a\"", at, id);
                    expected.Add(Line("dev/t", "", "门 \"a\"", id ?? "", false, 0, at.UtcTicks));
                }
                else
                {
                    writer.Add("s", value, i % 2 == 0 ? "m3" : null, at, id);
                    expected.Add(Line("dev/s", i % 2 == 0 ? "m3" : "", "", id ?? "", true, value, at.UtcTicks));
                }
            }

            writer.End();

            Assert.True(reader.TryRead(output.WrittenSpan, ReceivedAt, out var fault), fault);
            Assert.Equal((seed + 1, $"e{seed}", (SenMlClock)(seed % 4)), (reader.Sequence, reader.EpochText, reader.Clock));
            Assert.Equal(seed % 5 == 0 ? null : baseAt, reader.SentAt);
            var read = new List<string>();
            foreach (var record in reader.Records)
            {
                read.Add(Line(
                    Utf8(reader, record.Name), Utf8(reader, record.Unit), Utf8(reader, record.Text), Utf8(reader, record.Id),
                    record.HasValue, record.Value, record.AtTicks));
            }

            Assert.Equal(expected, read);
            Assert.Equal(output.WrittenCount, writer.BytesWritten);
        }
    }

    [Fact]
    public void The_writers_bytes_are_these()
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new SenMlWriter();

        writer.Begin(output, new SenMlHead
        {
            BaseName = "riser/",
            BaseAt = ReceivedAt,
            Epoch = "e1",
            Sequence = 7,
            Clock = SenMlClock.Synced,
        });
        writer.Add("water.volume", 12.5, "m3", ReceivedAt);
        writer.Add("button.press", 1, null, ReceivedAt.AddMilliseconds(1500), "p-1");
        writer.End();

        Assert.Equal(
            """[{"bver":26,"bn":"riser/","bt":1767600000,"ep":"e1","sq":7,"ct":"synced","n":"water.volume","u":"m3","v":12.5},"""
            + """{"n":"button.press","t":1.5,"v":1,"id":"p-1"}]""",
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Broken_packs_are_refused_and_never_thrown_at_the_caller()
    {
        var reader = new SenMlReader();
        var refused = 0;
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var bytes = Encoding.UTF8.GetBytes(AnyPack(random));
            if (seed % 10 == 0)
            {
                random.NextBytes(bytes);
            }

            for (var i = random.Next(1, 6); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(seed % 2 == 0 ? 128 : 256);
            }

            var isRead = reader.TryRead(bytes.AsSpan(0, random.Next(bytes.Length + 1)), ReceivedAt, out var fault);

            Assert.Equal(isRead, fault is null);
            refused += isRead ? 0 : 1;
        }

        Assert.InRange(refused, 1_000, 3_000);
    }

    private static string AnyPack(Random random)
    {
        string[] names = ["a", "b/c", "lobby/button.press", "x-1:y.z_2"];
        string[] units = ["m3", "kWh", "Cel", ""];
        var records = new List<string>();
        for (var i = 0; i < random.Next(1, 12); i++)
        {
            var fields = new List<string> { $"\"n\":\"{names[random.Next(4)]}\"" };
            Maybe(random, fields, 4, () => "\"bn\":\"" + names[random.Next(4)] + "/\"");
            Maybe(random, fields, 4, () => $"\"bt\":{Number(random, 2_000_000_000)}");
            Maybe(random, fields, 5, () => $"\"bu\":\"{units[random.Next(4)]}\"");
            Maybe(random, fields, 5, () => $"\"bv\":{Number(random, 1000)}");
            Maybe(random, fields, 2, () => $"\"u\":\"{units[random.Next(4)]}\"");
            Maybe(random, fields, 2, () => $"\"t\":{Number(random, 1000)}");
            Maybe(random, fields, 3, () => $"\"id\":\"\\u0041{random.Next(100)}\"");
            Maybe(random, fields, 6, () => "\"other\":[{\"v\":1},null]");
            fields.Add(random.Next(4) switch
            {
                0 => "\"vb\":true",
                1 => "\"vs\":\"text \\n \\ud83d\\ude00\"",
                _ => $"\"v\":{Number(random, 1_000_000)}",
            });
            var shuffled = fields.ToArray();
            random.Shuffle(shuffled);
            records.Add("{" + string.Join(random.Next(2) == 0 ? "," : " , ", shuffled) + "}");
        }

        return "[" + string.Join(",\n", records) + "]";
    }

    private static void Maybe(Random random, List<string> fields, int one, Func<string> field)
    {
        if (random.Next(one) == 0)
        {
            fields.Add(field());
        }
    }

    private static string Number(Random random, int max) => random.Next(3) switch
    {
        0 => random.Next(-max, max).ToString(CultureInfo.InvariantCulture),
        1 => Math.Round(random.NextDouble() * max, 3).ToString(CultureInfo.InvariantCulture),
        _ => "1.5e2",
    };

    private static List<string> Slow(string pack)
    {
        using var document = JsonDocument.Parse(pack);
        var (baseName, baseUnit, baseTime, baseValue) = ("", "", 0m, 0d);
        var lines = new List<string>();
        foreach (var record in document.RootElement.EnumerateArray())
        {
            baseName = record.TryGetProperty("bn", out var bn) ? bn.GetString()! : baseName;
            baseUnit = record.TryGetProperty("bu", out var bu) ? bu.GetString()! : baseUnit;
            baseTime = record.TryGetProperty("bt", out var bt) ? bt.GetDecimal() : baseTime;
            baseValue = record.TryGetProperty("bv", out var bv) ? bv.GetDouble() : baseValue;
            var seconds = baseTime + (record.TryGetProperty("t", out var t) ? t.GetDecimal() : 0);
            var origin = seconds < 268_435_456 ? ReceivedAt.UtcTicks : DateTime.UnixEpoch.Ticks;
            var isNumber = record.TryGetProperty("v", out var v);
            lines.Add(Line(
                baseName + record.GetProperty("n").GetString(),
                record.TryGetProperty("u", out var u) ? u.GetString()! : baseUnit,
                record.TryGetProperty("vs", out var vs) ? vs.GetString()! : "",
                record.TryGetProperty("id", out var id) ? id.GetString()! : "",
                isNumber || record.TryGetProperty("vb", out _),
                isNumber ? v.GetDouble() + baseValue : record.TryGetProperty("vb", out _) ? 1 : 0,
                origin + (long)decimal.Round(seconds * 10_000_000m)));
        }

        return lines;
    }

    private static string Utf8(SenMlReader reader, SenMlSlice slice) => Encoding.UTF8.GetString(reader.Text(slice));

    private static string Line(
        string name, string unit, string text, string id, bool hasValue, double value, long atTicks) =>
        FormattableString.Invariant($"{name}|{unit}|{text}|{id}|{hasValue}|{value:R}|{atTicks}");
}
