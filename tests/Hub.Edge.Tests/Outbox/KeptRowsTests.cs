using Hub.Edge.Outbox;
using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Edge.Tests.Outbox;

/// <summary>What the hub has acknowledged stays for a while, for a hub that loses it, and is in nobody's way.</summary>
public sealed class KeptRowsTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_read_again_by_its_numbers_also_after_a_restart()
    {
        using (var lane = Open(new LaneOptions { KeptBytesMax = 1 << 20 }))
        {
            for (var row = 0; row < 50; row++)
            {
                Acknowledge(lane, Append(lane, row, records: 3));
            }
        }

        using var again = Open(new LaneOptions { KeptBytesMax = 1 << 20 });
        Append(again, 50, records: 3);

        Assert.Equal(3, again.Backlog);
        foreach (var number in new[] { 1, 2, 75, 150 })
        {
            var row = again.ReadAgain(number, 1)[0].Row;
            Assert.InRange(number, row.First, row.Next - 1);
        }

        // What waits for its first acknowledgement is not sent again.
        Assert.Equal(148, again.ReadAgain(148, int.MaxValue).Single().Row.First);
        Assert.Empty(again.ReadAgain(151, int.MaxValue));
    }

    [Fact]
    public void It_takes_no_more_room_than_it_may()
    {
        using var lane = Open(new LaneOptions { BytesMax = 1 << 20, KeptBytesMax = 128 << 10 });
        for (var row = 0; row < 80; row++)
        {
            Acknowledge(lane, Append(lane, row, records: 100));
        }

        var kept = lane.Read(LogPosition.Start, int.MaxValue);
        Assert.InRange(kept.Count, 10, 50);
        Assert.Equal(lane.Tail, kept[^1].Position);
        Assert.Equal(kept[0].Position, lane.ReadAgain(1, 1)[0].Position);
    }

    [Fact]
    public void It_is_kept_no_longer_than_it_may()
    {
        using var lane = Open(new LaneOptions { KeptBytesMax = 1 << 20, KeptFor = TimeSpan.FromMinutes(20) });
        for (var minute = 0; minute < 60; minute++)
        {
            Acknowledge(lane, Append(lane, minute, records: 1));
        }

        Assert.InRange(lane.Read(LogPosition.Start, int.MaxValue)[0].Row.Records[0].At, At.AddMinutes(39), At.AddMinutes(56));
    }

    [Fact]
    public void Rows_that_hold_counts_alone_take_no_reading_with_them()
    {
        using var lane = Open(new LaneOptions { KeptBytesMax = 1 << 20, KeptFor = TimeSpan.FromMinutes(20) });
        for (var row = 0; row < 40; row++)
        {
            Append(lane, row, records: row < 35 ? 0 : 1);
        }

        Acknowledge(lane, (lane.Tail, lane.NextSequence));

        Assert.InRange(lane.Read(LogPosition.Start, int.MaxValue).Count, 5, 20);
        Assert.Equal([1L, 2L, 3L, 4L, 5L], lane.ReadAgain(1, int.MaxValue).Select(row => row.Row.First));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_goes_first_where_room_is_short(bool isShedding)
    {
        var options = new LaneOptions { BytesMax = 256 << 10, KeptBytesMax = 250 << 10, IsShedding = isShedding };
        using var lane = Open(options);
        for (var row = 0; row < 40; row++)
        {
            Acknowledge(lane, Append(lane, row, records: 100));
        }

        var sent = lane.Sent;
        for (var row = 40; row < 80; row++)
        {
            Append(lane, row, records: 100);
        }

        var kept = lane.Read(LogPosition.Start, int.MaxValue);
        Assert.Equal((0L, 4_000L), (lane.Shed, lane.Backlog));
        Assert.True(kept[0].Position.Value > 1 && kept[0].Position <= new LogPosition(sent.Value + 1));
    }

    private static (LogPosition, long Next) Append(OutboxLane lane, int row, int records)
    {
        var place = lane.Append(
            [.. Enumerable.Range(0, records).Select(_ => new EdgeRecord("device-1", "water.volume", At.AddMinutes(row), 1))],
            default);
        return (place.Position, lane.NextSequence);
    }

    private static void Acknowledge(OutboxLane lane, (LogPosition Position, long Next) row) =>
        lane.MoveSent(lane.Epoch, row.Position, row.Next);

    private OutboxLane Open(LaneOptions options) => OutboxLane.Open(_folder["lane.db"], options, () => default);
}
