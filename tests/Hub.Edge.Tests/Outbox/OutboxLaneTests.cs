using Hub.Edge.Outbox;
using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Edge.Tests.Outbox;

public sealed class OutboxLaneTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly ClockStamp Clock = new(ClockQuality.Synced, Guid.NewGuid(), 0);

    private readonly TempFolder _folder = new();

    [Fact]
    public void Whatever_happens_between_commits_and_restarts_the_sequence_has_no_gap_and_no_number_twice()
    {
        var random = new Random(11);
        var sent = new List<(long Epoch, long Sequence, double Value)>();
        var value = 0.0;
        var lane = Open();
        for (var i = 0; i < 300; i++)
        {
            switch (random.Next(10))
            {
                case 0:
                    // A crash: what was not committed never was; what was is there again.
                    lane.Dispose();
                    lane = Open();
                    break;
                case 1 or 2:
                    foreach (var (position, row) in lane.Read(lane.Sent, random.Next(1, 2_000)))
                    {
                        sent.AddRange(row.Records.Select((record, k) => (row.Epoch, row.First + k, record.Value)));
                        lane.MoveSent(row.Epoch, position, row.Next);
                    }

                    break;
                default:
                    var records = Enumerable.Range(0, random.Next(1, 5))
                        .Select(_ => new EdgeRecord("d", "s", At, ++value)).ToArray();
                    lane.Append(records, default);
                    break;
            }
        }

        foreach (var (_, row) in lane.Read(lane.Sent, int.MaxValue))
        {
            sent.AddRange(row.Records.Select((record, k) => (row.Epoch, row.First + k, record.Value)));
        }

        lane.Dispose();
        Assert.Single(sent.Select(record => record.Epoch).Distinct());
        Assert.Equal(Enumerable.Range(1, (int)value).Select(n => ((long)n, (double)n)),
            sent.Select(record => (record.Sequence, record.Value)));
    }

    [Fact]
    public void A_new_file_is_a_new_epoch()
    {
        long first;
        using (var lane = Open())
        {
            lane.Append([new EdgeRecord("d", "s", At, 1)], default);
            first = lane.Epoch;
        }

        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            File.Delete(file);
        }

        using var again = Open();
        Assert.NotEqual(first, again.Epoch);
        Assert.Equal(1, again.NextSequence);
        Assert.InRange(again.Epoch, 0, (1L << 53) - 1); // A JSON number keeps it whole.
    }

    [Fact]
    public void The_numbering_goes_on_when_everything_was_sent_and_forgotten()
    {
        using (var lane = Open())
        {
            var place = lane.Append([new EdgeRecord("d", "s", At, 1), new EdgeRecord("d", "s", At, 2)],
                new byte[] { 9 });
            lane.MoveSent(lane.Epoch, place.Position, 3);
            Assert.Equal(0, lane.Backlog);
        }

        using var again = Open();
        Assert.Equal((3L, 0L), (again.NextSequence, again.Backlog));
        Assert.Empty(again.Read(again.Sent, int.MaxValue));
        Assert.Equal(new byte[] { 9 }, again.State.ToArray());
    }

    [Fact]
    public void The_backlog_is_known_after_a_restart()
    {
        using (var lane = Open())
        {
            var place = lane.Append([new EdgeRecord("d", "s", At, 1)], default);
            lane.Append([new EdgeRecord("d", "s", At, 2), new EdgeRecord("d", "s", At, 3)], default);
            lane.MoveSent(lane.Epoch, place.Position, 2);
        }

        using var again = Open();
        Assert.Equal(2, again.Backlog);
    }

    [Fact]
    public void A_full_lane_of_readings_drops_the_oldest_and_counts_them()
    {
        using var lane = Open(new LaneOptions { BytesMax = 256 << 10, IsShedding = true });
        for (var i = 0; i < 400; i++)
        {
            lane.Append([.. Enumerable.Range(0, 50).Select(_ => new EdgeRecord("device-1", "water.volume", At, i))],
                default);
        }

        var kept = lane.Read(LogPosition.Start, int.MaxValue);
        Assert.True(lane.Shed > 0);
        Assert.Equal(20_000, lane.Shed + lane.Backlog);
        Assert.Equal(lane.Shed + 1, kept[0].Row.First);
        Assert.Equal(399, kept[^1].Row.Records[0].Value);
    }

    [Fact]
    public void A_full_lane_of_events_refuses_and_drops_nothing()
    {
        using var lane = Open(new LaneOptions { BytesMax = 128 << 10 });
        var accepted = 0;
        var refused = Assert.Throws<OutboxException>(() =>
        {
            for (; accepted < 100_000; accepted++)
            {
                lane.Append([.. Enumerable.Range(0, 50).Select(_ =>
                    new EdgeRecord("lobby", "button.press", At, 1, "id"))], default);
            }
        });

        Assert.Contains("full", refused.Message, StringComparison.Ordinal);
        Assert.Equal(accepted, lane.Read(LogPosition.Start, int.MaxValue).Count);
        Assert.NotNull(lane.Fault);
    }

    [Fact]
    public async Task Followers_are_woken_by_a_commit()
    {
        using var lane = Open();
        var moved = lane.WhenMoved();

        lane.Append([new EdgeRecord("d", "s", At, 1)], default);

        await moved.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Readings_wait_for_company_and_are_committed_in_rows_of_a_thousand()
    {
        using var lane = Open();
        var group = new GroupCommit(lane, 10_000);
        for (var i = 0; i < 2_500; i++)
        {
            group.Add(new EdgeRecord("d", "s", At, i));
        }

        Assert.Equal(0, lane.Backlog);
        group.Commit(() => new byte[] { 5 });

        Assert.Equal([1_000, 1_000, 500],
            lane.Read(LogPosition.Start, int.MaxValue).Select(row => row.Row.Records.Count));
        Assert.Equal(0, group.Waiting);
    }

    [Fact]
    public void A_register_that_moved_is_committed_without_any_reading_and_one_that_did_not_costs_no_write()
    {
        using var lane = Open();
        var group = new GroupCommit(lane, 10);
        group.Commit(() => new byte[] { 1 });
        group.Commit(() => new byte[] { 1 });

        Assert.Equal(1, lane.Tail.Value);
        Assert.Equal(new byte[] { 1 }, lane.State.ToArray());
    }

    [Fact]
    public void While_the_disk_refuses_readings_wait_up_to_a_limit_and_then_the_oldest_are_dropped_and_counted()
    {
        var lane = Open();
        var group = new GroupCommit(lane, 3);
        lane.Dispose();
        for (var i = 0; i < 5; i++)
        {
            group.Add(new EdgeRecord("d", "s", At, i));
        }

        Assert.Throws<ObjectDisposedException>(() => group.Commit(() => default));

        Assert.Equal((3, 2L), (group.Waiting, group.Shed));
    }

    public void Dispose() => _folder.Dispose();

    private OutboxLane Open(LaneOptions? options = null) =>
        OutboxLane.Open(_folder["lane.db"], options ?? new LaneOptions(), () => Clock);
}
