using System.Collections.Concurrent;
using Hub.Gateway.Journal;
using Hub.Rules.Engine;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.Journal;

public sealed class JournalLogTests : IDisposable
{
    private static readonly JournalOptions Options = new();

    private readonly ScriptedRowLog _disk = new();
    private readonly ManualTime _time = new();
    private readonly ConcurrentQueue<Exception> _failures = new();
    private readonly JournalLog _journal;

    public JournalLogTests() =>
        _journal = new JournalLog(_disk, Options, _time, NullLogger<JournalLog>.Instance, _failures.Enqueue);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _disk.Resume();
        _journal.Dispose();
    }

    [Fact]
    public async Task An_append_completes_only_after_the_disk_has_it()
    {
        _disk.Hang();
        var append = _journal.AppendAsync(Tick(1), Cancel).AsTask();
        await _disk.AppendBegun.WaitAsync(Cancel);
        Assert.False(append.IsCompleted);

        _disk.Resume();

        Assert.Equal(new LogPosition(1), await append);
    }

    [Fact]
    public async Task All_that_waits_goes_into_one_row_and_is_told_in_order()
    {
        _disk.Hang();
        var first = _journal.AppendAsync(Tick(0), Cancel).AsTask();
        await _disk.AppendBegun.WaitAsync(Cancel);
        var told = new ConcurrentQueue<string>();
        foreach (var i in Enumerable.Range(1, 5))
        {
            _journal.HandOver(new ToldBatch(i, told, Tick(i)));
        }

        _journal.HandOver(new ToldBatch(6, told, null));
        Assert.Empty(told);
        _disk.Resume();
        await first;
        var rows = await TakeAsync(_journal.FollowAsync("test", LogPosition.Start, Cancel), 2);

        Assert.Equal([1, 5], rows.ConvertAll(row => row.Length));
        await EventuallyAsync(() => told.Count == 12);
        Assert.Equal(["1@2", "2@2", "3@2", "4@2", "5@2", "6@2", "1!", "2!", "3!", "4!", "5!", "6!"], told);
    }

    [Fact]
    public async Task A_batch_without_entries_waits_for_those_before_it_and_writes_no_row()
    {
        var told = new ConcurrentQueue<string>();
        await _journal.AppendAsync(Tick(1), Cancel);
        _journal.HandOver(new ToldBatch(7, told, null));

        await EventuallyAsync(() => told.Count == 2);
        Assert.Equal(["7@1", "7!"], told);
        Assert.Equal(new LogPosition(1), _journal.Tail);
    }

    [Fact]
    public async Task A_failed_write_confirms_nothing_and_nothing_after_it()
    {
        _disk.Hang();
        var first = _journal.AppendAsync(Tick(1), Cancel).AsTask();
        await _disk.AppendBegun.WaitAsync(Cancel);
        var told = new ConcurrentQueue<string>();
        _journal.HandOver(new ToldBatch(2, told, Tick(2)));
        _disk.FailWith = new LogFailedException("disk I/O error", 1034);
        _disk.Resume();

        await Assert.ThrowsAsync<LogFailedException>(() => first);
        await EventuallyAsync(() => told.Count == 1);
        _disk.FailWith = null;
        await Assert.ThrowsAsync<LogFailedException>(() => _journal.AppendAsync(Tick(3), Cancel).AsTask());
        Assert.Equal(["2 failed"], told);
        Assert.Single(_failures);
        Assert.NotNull(_journal.Failure);
    }

    [Fact]
    public async Task A_follower_sees_rows_as_they_come_and_goes_on_from_its_cursor()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var following = TakeAsync(_journal.FollowAsync("watch", LogPosition.Start, stop.Token), 3);
        for (var i = 1; i <= 3; i++)
        {
            await _journal.AppendAsync(Tick(i), Cancel);
        }

        Assert.Equal(["1", "2", "3"], (await following).Select(row => row.Single()));
        Assert.Equal(["3"], (await TakeAsync(_journal.FollowAsync("watch", new(2), Cancel), 1)).Select(row => row.Single()));
    }

    [Fact]
    public async Task A_follower_with_a_cursor_beyond_the_end_follows_from_the_start()
    {
        await _journal.AppendAsync(Tick(1), Cancel);

        var rows = await TakeAsync(_journal.FollowAsync("watch", new LogPosition(99), Cancel), 1);

        Assert.Equal("1", rows.Single().Single());
    }

    [Fact]
    public async Task A_damaged_row_is_passed_over_and_counted()
    {
        await _journal.AppendAsync(Tick(1), Cancel);
        await _journal.AppendAsync(Tick(2), Cancel);
        _disk.Damage(new LogPosition(1), 12);

        var rows = await TakeAsync(_journal.FollowAsync("watch", LogPosition.Start, Cancel), 1);

        Assert.Equal("2", rows.Single().Single());
        Assert.Equal(1, _journal.DamagedRows);
    }

    [Fact]
    public async Task Old_rows_go_but_none_that_a_follower_has_yet_to_read()
    {
        for (var day = 0; day < 40; day++)
        {
            await _journal.AppendAsync(Tick(day), Cancel);
            _time.Advance(TimeSpan.FromDays(1));
        }

        _journal.Trim();
        Assert.Equal(new LogPosition(1), _journal.First);

        _journal.Report("watch", new LogPosition(40));
        _journal.Report("influx", new LogPosition(5));
        _journal.Trim();
        Assert.Equal(new LogPosition(6), _journal.First);
        Assert.Equal([("influx", 5L), ("watch", 40L)], _journal.Followers.Select(f => (f.Name, f.Cursor.Value)));

        // Row 11 was committed 30 days ago to the tick: it may stay, the ten before it may not.
        _journal.Report("influx", new LogPosition(40));
        _journal.Trim();
        Assert.Equal(new LogPosition(11), _journal.First);
    }

    [Fact]
    public async Task Rows_beyond_the_byte_limit_go_before_their_time()
    {
        using var journal = new JournalLog(
            new ScriptedRowLog(), Options with { KeepBytesMax = 300 }, _time, NullLogger<JournalLog>.Instance, _ => { });
        for (var i = 0; i < 100; i++)
        {
            await journal.AppendAsync(Tick(i), Cancel);
        }

        journal.Report("watch", journal.Tail);
        journal.Trim();

        Assert.InRange(journal.BytesUsed, 1, 300);
    }

    [Fact]
    public async Task A_follower_lags_by_the_rows_it_has_not_seen_however_far_its_cursor_is_behind()
    {
        for (var i = 0; i < 5; i++)
        {
            await _journal.AppendAsync(Tick(i), Cancel);
        }

        await using var rows = _journal.FollowAsync("watch", LogPosition.Start, Cancel).GetAsyncEnumerator(Cancel);
        for (var i = 0; i < 4; i++)
        {
            await rows.MoveNextAsync();
        }

        // The fourth row is in its hands; three are behind it.
        Assert.Equal(new JournalFollower("watch", LogPosition.Start, 2), Assert.Single(_journal.Followers));
    }

    [Fact]
    public async Task Producers_wait_while_too_much_waits_for_its_commit()
    {
        using var disk = new ScriptedRowLog();
        using var journal = new JournalLog(
            disk, Options with { QueueBytesMax = 10 }, _time, NullLogger<JournalLog>.Instance, _ => { });
        disk.Hang();
        _ = journal.AppendAsync(Tick(1), Cancel).AsTask();
        await disk.AppendBegun.WaitAsync(Cancel);
        var second = journal.AppendAsync(Tick(2), Cancel).AsTask();
        var room = journal.RoomAsync(Cancel).AsTask();
        Assert.False(room.IsCompleted);

        disk.Resume();

        await room;
        await second;
    }

    private static Entry Tick(int number) => new Entry.Presence($"{number}", true, SomeEntries.Noon);

    private static async Task<List<string[]>> TakeAsync(IAsyncEnumerable<JournalRow> rows, int count)
    {
        var taken = new List<string[]>();
        await foreach (var row in rows)
        {
            taken.Add([.. row.Entries.Select(entry => ((Entry.Presence)entry).Source)]);
            if (taken.Count == count)
            {
                break;
            }
        }

        return taken;
    }

    private static async Task EventuallyAsync(Func<bool> holds)
    {
        for (var i = 0; i < 6_000 && !holds(); i++)
        {
            await Task.Delay(10, Cancel);
        }

        Assert.True(holds());
    }
}
