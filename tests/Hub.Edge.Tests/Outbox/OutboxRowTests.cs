using System.Buffers;
using Hub.Edge.Outbox;

namespace Hub.Edge.Tests.Outbox;

public class OutboxRowTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static readonly OutboxRow Row = new(
        7, 41, new ClockStamp(ClockQuality.Synced, new Guid("00112233-4455-6677-8899-aabbccddeeff"), 5),
        new byte[] { 1, 2 },
        [new EdgeRecord("lobby", "button.press", At, 1, "id-1"), new EdgeRecord("", "device.cpu", At, 12.5)]);

    /// <summary>Version 1, as edges in cellars have it on disk: this text is only ever added to.</summary>
    private const string Golden =
        "01" + "0700000000000000" + "2900000000000000" + "02" + "33221100554477668899aabbccddeeff" + "0500000000000000"
        + "0200" + "0102" + "0200"
        + "0040c26c304cde08" + "000000000000f03f" + "056c6f626279" + "0c627574746f6e2e7072657373" + "0469642d31"
        + "0040c26c304cde08" + "0000000000002940" + "00" + "0a6465766963652e637075" + "00";

    [Fact]
    public void Golden_bytes_are_this_row()
    {
        Assert.Equal(Golden, Convert.ToHexStringLower(Bytes(Row)));

        var read = OutboxRow.Read(Convert.FromHexString(Golden));
        Assert.Equal((7L, 41L, 43L, Row.Clock), (read.Epoch, read.First, read.Next, read.Clock));
        Assert.Equal(Row.State.ToArray(), read.State.ToArray());
        Assert.Equal(Row.Records, read.Records);
    }

    [Fact]
    public void Every_truncation_and_random_bytes_are_refused_and_nothing_else_happens()
    {
        var bytes = Bytes(Row);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => OutboxRow.Read(bytes.AsSpan(0, length)));
        }

        var random = new Random(3);
        for (var i = 0; i < 5_000; i++)
        {
            var noise = bytes.ToArray();
            noise[random.Next(noise.Length)] = (byte)random.Next(256);
            try
            {
                OutboxRow.Read(noise);
            }
            catch (InvalidDataException)
            {
                // The only way to say no.
            }
        }
    }

    [Fact]
    public void Times_of_an_unsynced_boot_are_repaired_once_the_time_is_known_and_only_for_that_boot()
    {
        var boot = Guid.NewGuid();
        var unsynced = new ClockStamp(ClockQuality.Unsynced, boot, 0);
        var hour = TimeSpan.FromHours(1);

        Assert.Equal((hour, ClockQuality.Estimated), unsynced.RepairedBy(new(ClockQuality.Synced, boot, hour.Ticks)));
        Assert.Equal((TimeSpan.Zero, ClockQuality.Unsynced),
            unsynced.RepairedBy(new(ClockQuality.Unsynced, boot, hour.Ticks)));
        Assert.Equal((TimeSpan.Zero, ClockQuality.Unsynced),
            unsynced.RepairedBy(new(ClockQuality.Synced, Guid.NewGuid(), hour.Ticks)));
        Assert.Equal((TimeSpan.Zero, ClockQuality.Synced),
            Row.Clock.RepairedBy(new(ClockQuality.Synced, Row.Clock.Boot, 99)));
    }

    [Fact]
    public void Register_counts_come_back_as_they_were_and_a_cut_off_block_is_refused()
    {
        var counts = new Dictionary<string, long> { ["b1-0301/water.volume"] = 123_456_789, ["管/x"] = 0 };
        var bytes = RegisterCounts.Write(counts);

        Assert.Equal(counts, RegisterCounts.Read(bytes));
        Assert.Empty(RegisterCounts.Read([]));
        Assert.Throws<InvalidDataException>(() => RegisterCounts.Read(bytes.AsSpan(0, bytes.Length - 1)));
    }

    private static byte[] Bytes(OutboxRow row)
    {
        var bytes = new ArrayBufferWriter<byte>();
        row.Write(bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
