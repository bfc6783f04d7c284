using System.Text;
using Hub.Transport.Messages;

namespace Hub.Transport.Tests.Messages;

public class SenMlReaderTests
{
    private static readonly DateTimeOffset ReceivedAt = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly SenMlReader _reader = new();

    [Fact]
    public void Works_base_values_into_every_record_that_follows()
    {
        Read("""
            [{"bn":"riser/","bt":1767600000.5,"bu":"m3","bv":100,"n":"water.volume","v":0.25},
             {"n":"flow","u":"l/h","v":-100,"t":1.25},
             {"bn":"door/","bu":"","bt":1767600001,"n":"open","vb":true}]
            """);

        Assert.Equal(
            [
                "riser/water.volume m3 100.25 2026-01-05T08:00:00.5000000",
                "riser/flow l/h 0 2026-01-05T08:00:01.7500000",
                "door/open  1 2026-01-05T08:00:01.0000000",
            ],
            Lines());
    }

    [Fact]
    public void Takes_our_own_labels_from_the_first_record_and_ids_from_any()
    {
        Read("""[{"ep":"e-7","sq":41,"ct":"estimated","n":"a/b","v":1},{"n":"a/button.press","v":1,"id":"p-1"}]""");

        Assert.Equal("e-7", _reader.EpochText);
        Assert.Equal("e-7"u8, _reader.Epoch);
        Assert.Equal(41, _reader.Sequence);
        Assert.Equal(SenMlClock.Estimated, _reader.Clock);
        Assert.True(_reader.Records[0].Id.IsEmpty);
        Assert.Equal("p-1", Encoding.UTF8.GetString(_reader.Text(_reader.Records[1].Id)));
    }

    [Fact]
    public void An_epoch_may_be_a_number_and_is_gone_with_the_next_pack()
    {
        Read("""[{"ep":17,"n":"a","v":1}]""");
        Assert.Equal("17", _reader.EpochText);
        Assert.True(_reader.HasEpoch);

        Read("""[{"n":"a","v":1}]""");
        Assert.Equal("", _reader.EpochText);
        Assert.False(_reader.HasEpoch);
        Assert.Equal(0, _reader.Sequence);
        Assert.Equal(SenMlClock.Unstated, _reader.Clock);
    }

    [Theory]
    [InlineData("""{"n":"a","v":1}""", "2026-01-05T08:00:00.0000000")] // no time is the time of arrival
    [InlineData("""{"n":"a","v":1,"t":-5}""", "2026-01-05T07:59:55.0000000")]
    [InlineData("""{"n":"a","v":1,"t":268435455}""", "2034-07-09T05:24:15.0000000")] // 2^28 - 1 is still relative
    [InlineData("""{"n":"a","v":1,"t":268435456}""", "1978-07-04T21:24:16.0000000")] // 2^28 is a date
    [InlineData("""{"bt":1767600000,"n":"a","v":1,"t":0.0000001}""", "2026-01-05T08:00:00.0000001")] // exact to the tick
    [InlineData("""{"bt":1.7676e9,"n":"a","v":1}""", "2026-01-05T08:00:00.0000000")]
    [InlineData("""{"n":"a","t":1767600000.123,"v":1}""", "2026-01-05T08:00:00.1230000")]
    public void Resolves_times_relative_to_arrival_below_two_to_the_28th(string record, string expected)
    {
        Read($"[{record}]");

        Assert.Equal(expected, Lines().Single().Split(' ')[^1]);
    }

    [Fact]
    public void Texts_data_and_sums_have_no_number()
    {
        Read("""
            [{"n":"a","vs":"l\u00fcfter \"1\""},{"n":"b","vd":"AQ"},{"n":"c","s":5,"ut":10},{"bs":1,"n":"d","s":5,"v":7}]
            """);

        Assert.Equal([false, false, false, true], _reader.Records.ToArray().Select(record => record.HasValue));
        Assert.Equal("lüfter \"1\"", Encoding.UTF8.GetString(_reader.Text(_reader.Records[0].Text)));
        Assert.Equal(7, _reader.Records[3].Value);
    }

    [Fact]
    public void A_record_of_base_values_alone_is_no_reading()
    {
        Read("""[{"bn":"x/","bt":1767600000,"sq":3,"bver":10},{"n":"a","v":1}]""");

        Assert.Equal(["x/a  1 2026-01-05T08:00:00.0000000"], Lines());
        Assert.Equal(3, _reader.Sequence);
    }

    [Theory]
    [InlineData("""{"n":"a","v":1,"extra":{"deep":[1,2]},"x":null}""")]
    [InlineData("""{"\u006e":"a","\u0076":1}""")]
    [InlineData("""{"bver":26,"n":"a","v":1}""")]
    public void Ignores_what_it_need_not_know(string record)
    {
        Read($"[{record}]");

        Assert.Equal(["a  1 2026-01-05T08:00:00.0000000"], Lines());
    }

    [Theory]
    [InlineData("", "the pack is no JSON (line 1, byte 1); an array is needed")]
    [InlineData("""{"n":"a","v":1}""", "the pack is a single object, an array is needed; put the object into [ ]")]
    [InlineData("3", "the pack is a Number, an array of records is needed")]
    [InlineData("[]", "the pack is an empty array, at least one record is needed")]
    [InlineData("[1]", "record 1: it is a Number, an object is needed")]
    [InlineData("""[{"n":"a","v":1}]x""", "the pack is no JSON (line 1, byte 18); an array is needed")]
    [InlineData("""[{"n":"a","v":1}""", "the pack is no JSON (line 1, byte 17); an array is needed")]
    [InlineData("""[{"n":"a","v":1},{"n":"a","v":1},{"n":"a","v":"abc"}]""", "record 3: v is \"abc\", a number is needed")]
    [InlineData("""[{"n":"a","v":1e999}]""", "record 1: v is 1e999, a number of 64 bits is needed")]
    [InlineData("""[{"bv":1e308,"n":"a","v":1e308}]""", "record 1: v + bv is too large for a number of 64 bits")]
    [InlineData("""[{"n":"a","v":null}]""", "record 1: v is null, a number is needed")]
    [InlineData("""[{"n":7,"v":1}]""", "record 1: n is 7, a string is needed")]
    [InlineData("""[{"n":"a","vb":1}]""", "record 1: vb is 1, true or false is needed")]
    [InlineData("""[{"n":"a","v":1,"t":"now"}]""", "record 1: t is \"now\", a number of seconds is needed")]
    [InlineData("""[{"n":"a","v":1,"t":1e15}]""", "record 1: t is 1e15, seconds of the years 1 to 9999 are needed")]
    [InlineData("""[{"n":"a","v":1,"t":9e11}]""", "record 1: bt + t is 900000000000, seconds of the years 1 to 9999 are needed")]
    [InlineData("""[{"n":"a","v":1,"t":-9e11}]""", "record 1: bt + t is -900000000000, seconds of the years 1 to 9999 are needed")]
    [InlineData("""[{"v":1}]""", "record 1: it has no name; send n, or bn before it")]
    [InlineData("""[{"n":"a"}]""", "record 1: it has no value; send one of v, vb and vs")]
    [InlineData("""[{"n":"a","v":1,"vs":"x"}]""", "record 1: it has 2 values; send one of v, vb, vs and vd")]
    [InlineData("""[{"n":"a","v":1,"v":2}]""", "record 1: v comes twice; send it once")]
    [InlineData("""[{"n":"/a","v":1}]""", "record 1: bn + n is \"/a\"; a letter or digit, then only those and - : . / _ are allowed")]
    [InlineData("""[{"n":"a b","v":1}]""", "record 1: bn + n is \"a b\"; a letter or digit, then only those and - : . / _ are allowed")]
    [InlineData("""[{"n":"a","v":1,"lock_":1}]""", "record 1: \"lock_\" must be understood, and isn't here; leave it out")]
    [InlineData("""[{"bver":42,"n":"a","v":1}]""", "record 1: bver is 42, 10 or 26 is needed")]
    [InlineData("""[{"n":"a","v":1},{"n":"a","v":1,"sq":2}]""", "record 2: sq belongs on the first record alone")]
    [InlineData("""[{"sq":0,"n":"a","v":1}]""", "record 1: sq is 0, a whole number from 1 is needed")]
    [InlineData("""[{"sq":1.5,"n":"a","v":1}]""", "record 1: sq is 1.5, a whole number from 1 is needed")]
    [InlineData("""[{"ep":"","n":"a","v":1}]""", "record 1: ep is \"\", 1 to 64 bytes are needed")]
    [InlineData("""[{"ep":[1],"n":"a","v":1}]""", "record 1: ep is an array, a string or number of up to 64 bytes is needed")]
    [InlineData("""[{"ct":"guessed","n":"a","v":1}]""", "record 1: ct is \"guessed\", synced, estimated or unsynced is needed")]
    [InlineData("""[{"st":"now","n":"a","v":1}]""", "record 1: st is \"now\", a number of seconds is needed")]
    [InlineData("""[{"st":9e11,"n":"a","v":1}]""", "record 1: st is 9e11, seconds of the years 1 to 9999 are needed")]
    [InlineData("""[{"n":"a","v":1},{"n":"a","v":1,"st":2}]""", "record 2: st belongs on the first record alone")]
    [InlineData("""[{"n":"\ud800","v":1}]""", "record 1: a text has half a character (\\ud800 to \\udfff) in it; send whole ones")]
    public void Says_what_is_wrong_where_and_the_cure(string pack, string expected)
    {
        Assert.False(_reader.TryRead(Encoding.UTF8.GetBytes(pack), ReceivedAt, out var fault));

        Assert.Equal(expected, fault);
        Assert.True(_reader.Records.IsEmpty);
    }

    [Fact]
    public void Holds_to_its_limits()
    {
        var record = """{"n":"a","v":1}""";
        Read($"[{string.Join(',', Enumerable.Repeat(record, SenMlReader.RecordsMax))}]");
        Assert.Equal(1000, _reader.Records.Length);

        AssertFault(
            $"[{string.Join(',', Enumerable.Repeat(record, SenMlReader.RecordsMax + 1))}]",
            "the pack has more than 1000 records; send smaller packs");
        AssertFault(
            $$"""[{"n":"{{new string('a', 200)}}","bn":"{{new string('b', 56)}}","v":1}]""",
            "record 1: bn + n has 256 bytes, at most 255 are allowed");
        AssertFault(
            "[]" + new string(' ', SenMlReader.PackBytesMax),
            "the pack has 262146 bytes, at most 262144 are allowed; send smaller packs");
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_a_fault()
    {
        Assert.False(_reader.TryRead([0x5B, 0x22, 0xFF, 0x22, 0x5D], ReceivedAt, out var fault));

        Assert.Equal("the pack is not well-formed UTF-8; send UTF-8", fault);
    }

    [Fact]
    public void Allocates_nothing_once_its_buffers_have_grown()
    {
        var pack = Encoding.UTF8.GetBytes(
            "[" + """{"bn":"riser/","bt":1767600000,"ep":"e","sq":1,"ct":"synced","n":"water.volume","u":"m3","v":1.5}"""
            + string.Concat(Enumerable.Repeat(""",{"n":"flow","u":"l/h","v":12.25,"t":0.5,"id":"x"}""", 200)) + "]");
        Assert.True(_reader.TryRead(pack, ReceivedAt, out _));
        Assert.True(_reader.TryRead(pack, ReceivedAt, out _));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            _reader.TryRead(pack, ReceivedAt, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Read(string pack)
    {
        Assert.True(_reader.TryRead(Encoding.UTF8.GetBytes(pack), ReceivedAt, out var fault), fault);
    }

    private void AssertFault(string pack, string expected)
    {
        Assert.False(_reader.TryRead(Encoding.UTF8.GetBytes(pack), ReceivedAt, out var fault));
        Assert.Equal(expected, fault);
    }

    private List<string> Lines()
    {
        var lines = new List<string>();
        foreach (var record in _reader.Records)
        {
            lines.Add(FormattableString.Invariant(
                $"{Encoding.UTF8.GetString(_reader.Text(record.Name))} {Encoding.UTF8.GetString(_reader.Text(record.Unit))} {record.Value} {new DateTime(record.AtTicks):yyyy-MM-ddTHH:mm:ss.fffffff}"));
        }

        return lines;
    }
}
