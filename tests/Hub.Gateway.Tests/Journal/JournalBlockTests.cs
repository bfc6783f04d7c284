using Hub.Gateway.Journal;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Journal;

public class JournalBlockTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_entries_come_back_as_they_were(int seed)
    {
        var random = new Random(seed);
        var reader = new EntryReader();
        for (var i = 0; i < 200; i++)
        {
            var entries = SomeEntries.Draw(random, random.Next(30));

            var read = reader.Read(JournalBlock.Open(SomeEntries.Block(entries, SomeEntries.Noon), out var at));

            Assert.Equal(entries.Select(SomeEntries.Text), read.Select(SomeEntries.Text));
            Assert.Equal(SomeEntries.Noon, at);
        }
    }

    [Fact]
    public void Every_truncation_is_found()
    {
        var block = SomeEntries.Block(SomeEntries.Draw(new Random(7), 10), SomeEntries.Noon);

        for (var length = 0; length < block.Length; length++)
        {
            Assert.Throws<JournalDamagedException>(() => JournalBlock.Open(block.AsSpan(0, length), out _).Length);
        }
    }

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        var block = SomeEntries.Block(SomeEntries.Draw(new Random(8), 5), SomeEntries.Noon);

        for (var bit = 0; bit < block.Length * 8; bit++)
        {
            block[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<JournalDamagedException>(() => JournalBlock.Open(block, out _).Length);
            block[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Garbage_under_a_right_checksum_is_damage_and_nothing_else()
    {
        var random = new Random(9);
        var reader = new EntryReader();
        for (var i = 0; i < 3000; i++)
        {
            var block = SomeEntries.Block(SomeEntries.Draw(random, 3), SomeEntries.Noon);
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                block[random.Next(JournalBlock.HeadBytes, block.Length)] = (byte)random.Next();
            }

            JournalBlock.Seal(block, SomeEntries.Noon);
            var fault = Record.Exception(() => reader.Read(JournalBlock.Open(block, out _)));

            Assert.True(fault is null or JournalDamagedException, fault?.ToString());
        }
    }

    [Fact]
    public void The_checksum_is_the_published_crc32c() =>
        // RFC 3720, B.4: 32 bytes of zeroes; and the check value of "123456789".
        Assert.Equal(
            (0x8A9136AAu, 0xE3069283u), (JournalBlock.Checksum(new byte[32]), JournalBlock.Checksum("123456789"u8)));

    [Fact]
    public void A_kind_from_a_newer_version_is_passed_over()
    {
        var block = SomeEntries.Block([new Entry.Tick(SomeEntries.Noon), new Entry.Tick(SomeEntries.Noon)], SomeEntries.Noon);
        block[JournalBlock.HeadBytes] = 200;
        JournalBlock.Seal(block, SomeEntries.Noon);

        Assert.Single(new EntryReader().Read(JournalBlock.Open(block, out _)));
    }

    [Fact]
    public void Spent_sequences_are_read_by_duplicate_detection_alone()
    {
        var writer = new EntryWriter();
        writer.BeginReadings("e1"u8, "ep"u8, 10, SomeEntries.Noon.UtcTicks);
        writer.AddReading(new PointNumber(1), SomeEntries.Noon.UtcTicks, 1, Quality.Good, default);
        writer.AddReading(new PointNumber(1), SomeEntries.Noon.UtcTicks, 2, Quality.Good, default);
        writer.EndReadings();
        writer.WriteSpent("e1"u8, "ep"u8, 12, 3);
        writer.Write(new Entry.Tick(SomeEntries.Noon));
        var block = SomeEntries.Block(writer, SomeEntries.Noon);
        var spent = new List<SpentSequences>();

        new EntryReader().ReadSequences(JournalBlock.Open(block, out _), spent.Add);

        Assert.Equal([new("e1", "ep", 10, 2, SomeEntries.Noon.UtcTicks), new("e1", "ep", 12, 3)], spent);
        Assert.Equal(2, new EntryReader().Read(JournalBlock.Open(block, out _)).Count);
    }

    /// <summary>A block that version 1 wrote, byte by byte: whatever comes later must still read it.</summary>
    [Fact]
    public void Taken_messages_are_read_by_sessions_alone()
    {
        TakenMessage[] messages = [new("e1", 65535, IsReleased: false), new("e2", 1, IsReleased: true)];
        var writer = new EntryWriter();
        writer.WriteTaken(messages[0]);
        writer.Write(new Entry.Tick(SomeEntries.Noon));
        writer.WriteTaken(messages[1]);

        var taken = new List<TakenMessage>();
        new EntryReader().ReadTaken(writer.Written, taken.Add);
        new EntryReader().ReadSequences(writer.Written, _ => Assert.Fail("No sequence is spent."));

        Assert.Equal(messages, taken);
        Assert.IsType<Entry.Tick>(Assert.Single(new EntryReader().Read(writer.Written)));
    }

    [Fact]
    public void Reads_the_golden_block_of_version_1()
    {
        var golden = Convert.FromHexString(string.Concat(File.ReadAllLines(
            Path.Combine(AppContext.BaseDirectory, "Journal", "block-v1.hex"))));
        Entry[] expected =
        [
            new Entry.Readings("edge-b1", "7f", 41, SomeEntries.Noon, new Reading[]
            {
                new(new PointNumber(1), SomeEntries.Noon.UtcTicks - 10_000_000, 12.345),
                new(new PointNumber(300), SomeEntries.Noon.UtcTicks, 21.5, Quality.Uncertain),
                new(new PointNumber(2), SomeEntries.Noon.UtcTicks + 1, 1, Quality.Good, "p-1"),
            }),
            new Entry.Tick(SomeEntries.Noon),
            new Entry.Changed(SomeEntries.Noon, new SiteChange.PointRetired(new PointNumber(9))),
            new Entry.Presence("edge-b1", true, SomeEntries.Noon),
            new Entry.SetAside(
                "edge-b2", "hub/1/edge-b2/readings", SetAsideKind.Unreadable, "Not JSON.", SomeEntries.Noon, "{"u8.ToArray()),
        ];

        Assert.Equal(Convert.ToHexString(golden), Convert.ToHexString(SomeEntries.Block(expected, SomeEntries.Noon)));
        var read = new EntryReader().Read(JournalBlock.Open(golden, out _));
        Assert.Equal(expected.Select(SomeEntries.Text), read.Select(SomeEntries.Text));
    }
}
