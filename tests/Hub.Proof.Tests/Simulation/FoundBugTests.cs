using System.Text;
using Hub.Edge.Outbox;
using Hub.Gateway.Journal;
using Hub.Gateway.Live;
using Hub.Gateway.Series;
using Hub.Gateway.Storage;
using Hub.Gateway.Watch;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Engine;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Proof.Tests.Simulation;

/// <summary>What the simulation and the disk errors have found, each by itself.</summary>
[Collection(nameof(World))]
public sealed class FoundBugTests : IDisposable
{
    private static readonly DateTimeOffset Eight = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly SimulatedDisk _disk;

    public FoundBugTests() => _disk = new SimulatedDisk(_folder["disk"], new Random(Extent.SeedFrom));

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _disk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_row_that_a_failed_sync_has_left_in_the_page_cache_is_on_the_disk_before_a_new_start_counts_it()
    {
        using (var log = DurableLog.Open(_disk["x.db"], new DurableLogOptions()))
        {
            log.Append("kept"u8);
            _disk.Fault = new DiskFault(DiskError.FailedSync, 1, stays: false);
            Assert.Throws<LogFailedException>(() => log.Append("in the page cache"u8));
            _disk.Kill();
        }

        _disk.Start();
        using (var log = DurableLog.Open(_disk["x.db"], new DurableLogOptions()))
        {
            Assert.Equal(2, log.Tail.Value);
            _disk.CutPower();
        }

        _disk.Start();
        using var after = DurableLog.Open(_disk["x.db"], new DurableLogOptions());
        Assert.Equal("in the page cache", Encoding.UTF8.GetString(Assert.Single(after.Read(new LogPosition(1), 99)).Bytes.Span));
    }

    [Fact]
    public void A_cursor_in_series_db_is_on_the_disk_when_it_is_told_to_have_moved()
    {
        // Each start draws anew what a power cut leaves.
        for (var position = 1; position <= 8; position++)
        {
            using (var series = new SeriesDb(_disk["series.db"]))
            {
                series.Write((writer, transaction) => SeriesDb.SetCursor(writer, transaction, "history", position));
                _disk.CutPower();
            }

            _disk.Start();
            using var after = new SeriesDb(_disk["series.db"]);
            Assert.Equal(position, after.Cursor("history"));
        }
    }

    [Fact]
    public void What_a_failed_sync_has_left_of_series_db_is_on_the_disk_before_a_new_start_counts_on_it()
    {
        using (var series = new SeriesDb(_disk["series.db"]))
        {
            _disk.Fault = new DiskFault(DiskError.FailedSync, 1, stays: false);
            Assert.Throws<SqliteException>(() =>
                series.Write((writer, transaction) => SeriesDb.SetCursor(writer, transaction, "history", 7)));
            _disk.Kill();
        }

        long told;
        _disk.Start();
        using (var series = new SeriesDb(_disk["series.db"]))
        {
            told = series.Cursor("history");
            _disk.CutPower();
        }

        _disk.Start();
        using var after = new SeriesDb(_disk["series.db"]);
        Assert.Equal(told, after.Cursor("history"));
    }

    [Fact]
    public void A_press_in_a_lane_that_a_fault_has_closed_is_read_without_waiting_for_the_next_press()
    {
        using var lane = OpenLane();
        var first = lane.Append([Press(1)], default);
        lane.Append([Press(2)], default);

        _disk.Fault = new DiskFault(DiskError.InputOutput, 1, stays: false);
        lane.MoveSent(first.Epoch, first.Position, 2);

        Assert.NotNull(lane.Fault);
        Assert.Equal(2, Assert.Single(lane.Read(lane.Sent, 1_000)).Row.Records[0].Value);
        Assert.Equal(1, lane.Backlog);
    }

    [Fact]
    public void What_the_hub_confirms_while_a_fault_has_a_lane_closed_waits_for_nothing_any_more()
    {
        using var lane = OpenLane();
        var press = lane.Append([Press(1)], default);
        _disk.Fault = new DiskFault(DiskError.NoSpace, 1, stays: true);
        Assert.Throws<OutboxException>(() => lane.Append([Press(2)], default));
        _disk.Fault.Mend();

        lane.MoveSent(press.Epoch, press.Position, 2);

        Assert.Equal(0, lane.Backlog);
        Assert.Empty(lane.Read(lane.Sent, 1_000));
        lane.Append([Press(3)], default);
        Assert.Equal(1, lane.Backlog);
    }

    [Fact]
    public void Readings_whose_sync_failed_and_that_are_there_all_the_same_are_not_recorded_again()
    {
        using var lane = OpenLane();
        lane.Append([Litres(1)], default);
        for (var offered = 2; offered <= 4; offered++)
        {
            // The group grows while it waits, and its head is there since the first time.
            _disk.Fault = new DiskFault(DiskError.FailedSync, offered == 2 ? 1 : 2, stays: false);
            Assert.Throws<OutboxException>(() => lane.Append([.. Enumerable.Range(2, offered - 1).Select(Litres)], default));
        }

        lane.Append([Litres(2), Litres(3), Litres(4), Litres(5)], default);

        var rows = lane.Read(LogPosition.Start, 10_000).Select(each => each.Row).ToList();
        Assert.Equal([1, 2, 3, 4, 5], rows.SelectMany(row => row.Records).Select(record => record.Value));
        Assert.Equal(6, lane.NextSequence);
    }

    [Fact]
    public async Task No_row_is_trimmed_while_the_rules_are_still_loading()
    {
        HubTemplate.CopyTo(_disk.Folder);
        var time = new ManualTime(HubTemplate.FirstDay.AddDays(100));
        using var journal = JournalLog.Open(
            _disk["journal.db"], new JournalOptions { KeepFor = TimeSpan.Zero }, time, NullLogger<JournalLog>.Instance, _ => { });
        journal.Report("history", journal.Tail);
        var dbs = new TrimmingDatabases(new HubTemplate.Databases(_disk["hub.db"]), journal);
        var options = new WatchOptions { HousekeepingTime = time };
        using var desk = new OrderDesk(dbs, new LiveFeed(), time, new StillPremises(), OrderPolicy.Standard);
        using var watch = new WatchService(
            journal, desk, new StillPremises(), new CheckpointStore(dbs, options, NullLogger<CheckpointStore>.Instance),
            new DryRun(time), options, NullLogger<WatchService>.Instance);

        await watch.BeginAsync(TestContext.Current.CancellationToken);

        Assert.True(dbs.Trims > 0);
        Assert.Equal(new LogPosition(1), journal.First);
    }

    [Fact]
    public void A_stepped_journal_on_a_full_disk_waits_and_goes_on_when_there_is_room()
    {
        using var log = DurableLog.Open(_disk["journal.db"], new DurableLogOptions());
        var time = new ManualTime(Eight);
        using var journal = new JournalLog(
            log, new JournalOptions { HousekeepingTime = time }, time, NullLogger<JournalLog>.Instance, _ => { }, isStepped: true);
        var batch = new UnansweredBatch();
        batch.Entries.Write(new Entry.Tick(Eight));
        journal.HandOver(batch);

        _disk.Fault = new DiskFault(DiskError.NoSpace, 1, stays: true);
        Assert.False(journal.CommitNext());
        _disk.Fault.Mend();
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(journal.CommitNext());
        Assert.Equal(1, journal.Tail.Value);
    }

    private static EdgeRecord Litres(int value) => new("m1", "water.volume", Eight, value);

    private static EdgeRecord Press(int value) => new("lobby", EdgeSignals.Press, Eight, value);

    private OutboxLane OpenLane() => OutboxLane.Open(
        _disk["events.db"], new LaneOptions(), () => new ClockStamp(ClockQuality.Synced, Guid.Empty, 0));

    /// <summary>Whoever asks for the database gives the journal time to forget what it may.</summary>
    private sealed class TrimmingDatabases(IDbContextFactory<HubDb> dbs, JournalLog journal) : IDbContextFactory<HubDb>
    {
        public int Trims { get; private set; }

        public HubDb CreateDbContext()
        {
            Trims++;
            journal.Trim();
            return dbs.CreateDbContext();
        }
    }
}
