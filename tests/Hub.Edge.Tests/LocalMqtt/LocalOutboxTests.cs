using Hub.Edge.LocalMqtt;
using Hub.Edge.Outbox;
using Hub.Testing;

namespace Hub.Edge.Tests.LocalMqtt;

public sealed class LocalOutboxTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    [Fact]
    public void A_row_comes_back_as_it_was_written()
    {
        var row = new KeptRow(
            new ClockStamp(ClockQuality.Unsynced, new Guid("0123456789abcdef0123456789abcdef"), -7),
            [
                new KeptMessage(At, "zigbee2mqtt/Küche", new byte[] { 0, 255 }, true),
                new KeptMessage(At, "t", default, false),
            ]);

        var bytes = row.Write();
        var read = KeptRow.Read(bytes);

        // Golden: what an edge of before has on its card must be read for ever.
        Assert.Equal(
            "0100" + "67452301AB89EFCD0123456789ABCDEF" + "F9FFFFFFFFFFFFFF" + "02000000"
            + "0040C26C304CDE08" + "01" + "127A6967626565326D7174742F4BC3BC636865" + "02000000" + "00FF"
            + "0040C26C304CDE08" + "00" + "0174" + "00000000",
            Convert.ToHexString(bytes));
        Assert.Equal(row.Clock, read.Clock);
        Assert.Equal(2, KeptRow.CountOf(bytes));
        Assert.Equal(row.Messages.Select(Told), read.Messages.Select(Told));
    }

    [Fact]
    public void A_damaged_row_is_no_row_and_nothing_worse()
    {
        var bytes = Row(1, 50).Write();
        var random = new Random(20260105);
        for (var i = 0; i < 2_000; i++)
        {
            var damaged = bytes[..random.Next(bytes.Length)];
            if (damaged.Length > 0)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            }

            try
            {
                Assert.Empty(KeptRow.Read(damaged).Messages); // Its count became none, and it ends there.
            }
            catch (InvalidDataException)
            {
                // As it should be.
            }
        }
    }

    [Fact]
    public void What_was_not_sent_is_there_after_a_restart_and_what_was_is_not()
    {
        using (var outbox = new LocalOutbox(_folder["local.db"]))
        {
            for (var i = 0; i < 3; i++)
            {
                outbox.Append(Row(i, 10), 1 << 20);
            }

            Assert.Equal(3, outbox.Waiting);
            outbox.Sent(outbox.Next()!.Value.Position);
            Assert.Equal(2, outbox.Waiting);
        }

        using var again = new LocalOutbox(_folder["local.db"]);
        Assert.Equal("t/1", again.Next()!.Value.Row.Messages[0].Topic);
        Assert.Equal(2, again.Waiting);
        again.Sent(again.Next()!.Value.Position);
        again.Sent(again.Next()!.Value.Position);
        Assert.Null(again.Next());
        Assert.Equal(0, again.Waiting);
    }

    [Fact]
    public void An_edge_without_a_local_broker_has_no_file_for_one()
    {
        using var outbox = new LocalOutbox(_folder["local.db"]);

        Assert.Null(outbox.Next());
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void When_it_is_full_the_oldest_go_and_are_counted()
    {
        const int Rows = 300;
        using var outbox = new LocalOutbox(_folder["local.db"]);
        for (var i = 0; i < Rows; i++)
        {
            outbox.Append(Row(i, 4_000), 256 << 10);
        }

        Assert.Equal(Rows, outbox.Waiting + outbox.Dropped);
        var kept = 0;
        while (outbox.Next() is var (position, row))
        {
            Assert.Equal($"t/{outbox.Dropped + kept++}", row.Messages[0].Topic);
            outbox.Sent(position);
        }

        Assert.InRange(kept, 30, 64);
        Assert.Equal(Rows, kept + outbox.Dropped);
    }

    public void Dispose() => _folder.Dispose();

    private static KeptRow Row(int number, int bytes) =>
        new(default, [new KeptMessage(At, $"t/{number}", new byte[bytes], false)]);

    private static string Told(KeptMessage message) =>
        $"{message.At:O} {message.Topic} {message.IsRetained} {Convert.ToHexString(message.Payload.Span)}";
}
