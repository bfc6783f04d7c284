using Hub.Edge.Outbox;
using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Edge.Tests.Outbox;

/// <summary>What goes first where room or time is short, and that it is counted.</summary>
public sealed class SheddingTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private ClockQuality _quality = ClockQuality.Synced;

    [Fact]
    public void On_a_disk_that_fills_up_raw_readings_go_first_and_each_register_is_kept()
    {
        using var lane = Open(new LaneOptions { BytesMax = 512 << 10, IsShedding = true });
        var group = new GroupCommit(lane, 10_000);
        const int Rows = 200;
        for (var i = 0; i < Rows; i++)
        {
            group.Add(Reading("water.volume", i));
            for (var k = 0; k < 59; k++)
            {
                group.Add(Reading("electric.power", k));
            }

            group.Commit(() => default);
        }

        var kept = lane.Read(LogPosition.Start, int.MaxValue).SelectMany(row => row.Row.Records).ToList();
        Assert.Equal(Enumerable.Range(0, Rows).Select(i => (double)i),
            kept.Where(record => record.Signal == "water.volume").Select(record => record.Value));
        Assert.Equal(0, lane.Shed);
        Assert.InRange(group.Shed, 1, Rows * 59);
        Assert.Equal(Rows * 60, kept.Count + group.Shed);
    }

    [Fact]
    public void In_memory_raw_readings_go_first_and_the_oldest_of_them_first()
    {
        var lane = Open(new LaneOptions());
        var group = new GroupCommit(lane, 8);
        lane.Dispose(); // As a disk that takes nothing.
        for (var i = 0; i < 20; i++)
        {
            group.Add(Reading(i % 5 == 0 ? "water.volume" : "electric.power", i));
        }

        Assert.Throws<ObjectDisposedException>(() => group.Commit(() => default));
        Assert.Equal(20, group.Waiting + group.Shed);

        using var mended = Open(new LaneOptions());
        var again = new GroupCommit(mended, 4);
        for (var i = 0; i < 6; i++)
        {
            again.Add(Reading("water.volume", i));
        }

        again.Commit(() => default);
        Assert.Equal([2, 3, 4, 5], mended.Read(LogPosition.Start, 1_000)[0].Row.Records.Select(r => r.Value));
    }

    [Fact]
    public void What_has_waited_too_long_is_dropped_and_counted_and_nothing_younger()
    {
        using var lane = Open(new LaneOptions { IsShedding = true, WaitingFor = TimeSpan.FromDays(7) });
        for (var day = 0; day < 10; day++)
        {
            lane.Append([Reading("water.volume", day) with { At = At.AddDays(day) }], default);
        }

        lane.Append([Reading("water.volume", 10) with { At = At.AddDays(10) }], default);

        Assert.Equal(2, lane.Shed); // Looked at before the eleventh: the newest was of day 9.
        Assert.Equal(9, lane.Backlog);
        Assert.Equal(2, lane.Read(lane.Sent, 1)[0].Row.Records[0].Value);
    }

    [Fact]
    public void A_clock_that_nobody_has_set_makes_nothing_old()
    {
        using var lane = Open(new LaneOptions { IsShedding = true, WaitingFor = TimeSpan.FromDays(7) });
        _quality = ClockQuality.Unsynced;
        lane.Append([Reading("water.volume", 1) with { At = DateTimeOffset.UnixEpoch }], default);
        _quality = ClockQuality.Synced;
        lane.Append([Reading("water.volume", 2)], default);
        lane.Append([Reading("water.volume", 3)], default);

        Assert.Equal((0L, 3L), (lane.Shed, lane.Backlog));
    }

    public void Dispose() => _folder.Dispose();

    private static EdgeRecord Reading(string signal, double value) => new("device-1", signal, At, value);

    private OutboxLane Open(LaneOptions options) => OutboxLane.Open(
        _folder["lane.db"], options, () => new ClockStamp(_quality, Guid.Empty, 0));
}
