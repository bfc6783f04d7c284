using System.Collections.Concurrent;
using Hub.Gateway.Journal;
using Hub.Rules.Engine;
using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.Journal;

/// <summary>The goal: a full disk holds acknowledgements up and loses none, and the hub goes on by itself (G7).</summary>
public sealed class DiskRoomTests : IDisposable
{
    private const int Resumed = 2011;
    private const int Refused = 2012;

    private readonly ScriptedRowLog _disk = new();
    private readonly ConcurrentQueue<Exception> _failures = new();
    private readonly ConcurrentQueue<string> _told = new();
    private readonly EventLogger<JournalLog> _log = new();
    private readonly ManualTime _time = new();
    private long _free = 1_000;

    private JournalOptions Options => new()
    {
        FreeBytes = () => Volatile.Read(ref _free),
        HoldBelowBytes = 100,
        HousekeepingTime = _time,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task A_write_that_finds_no_room_waits_for_it_and_is_then_confirmed_in_its_order()
    {
        using var journal = Open();
        _disk.FailWith = Full();
        journal.HandOver(new ToldBatch(1, _told, AnEntry(1)));
        journal.HandOver(new ToldBatch(2, _told, AnEntry(2)));
        await Until(() => journal.Room.IsHeld);
        var own = journal.AppendAsync(AnEntry(3), Cancel).AsTask();
        Assert.False(own.IsCompleted);

        _disk.FailWith = null;

        await own;
        await Until(() => _told.Count == 4);
        Assert.Equal(["1@", "2@", "1!", "2!"], _told.Select(told => told[..2]));
        Assert.Null(journal.Failure);
        Assert.Empty(_failures);
        await Until(() => !journal.Room.IsHeld);
    }

    [Fact]
    public async Task With_little_room_devices_wait_while_the_hub_keeps_its_own_entries()
    {
        using var journal = Open();
        await journal.AppendAsync(AnEntry(0), Cancel);
        _free = 90;
        await Until(() => Appended(journal).Result.Value > 0 && journal.Room.IsHeld);

        journal.HandOver(new ToldBatch(1, _told, AnEntry(1)));
        var before = journal.Tail;
        var own = await journal.AppendAsync(AnEntry(2), Cancel);

        Assert.Equal(before.Value + 1, own.Value);
        Assert.Empty(_told);
        Assert.Equal(90, journal.Room.FreeBytes);

        // A little more than the limit is not enough: it would fill up again at once.
        _free = 110;
        await Until(() => journal.Room.FreeBytes == 110);
        Assert.Empty(_told);
        _free = 130;
        await Until(() => _told.Count == 2);
        Assert.False(journal.Room.IsHeld);
    }

    [Fact]
    public async Task A_hub_that_ends_while_it_waits_for_room_tells_nobody_that_anything_is_kept()
    {
        var journal = Open();
        _disk.FailWith = Full();
        journal.HandOver(new ToldBatch(1, _told, AnEntry(1)));
        await Until(() => journal.Room.IsHeld);

        journal.Dispose();

        Assert.Equal(["1 failed"], _told);
        Assert.Equal(LogPosition.Start, _disk.Tail);
    }

    [Fact]
    public async Task Who_waits_for_an_own_entry_while_there_is_no_room_can_be_told_to_stop()
    {
        using var journal = Open();
        _disk.FailWith = Full();
        using var stopping = new CancellationTokenSource();
        var own = journal.AppendAsync(AnEntry(1), stopping.Token).AsTask();
        await Until(() => journal.Room.IsHeld);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => own);
    }

    [Fact]
    public void A_disk_that_takes_nothing_though_it_seems_to_have_room_is_told_once_until_it_takes_something()
    {
        using var journal = new JournalLog(_disk, Options, _time, _log, _failures.Enqueue, isStepped: true);
        _disk.FailWith = Full();
        journal.HandOver(new ToldBatch(1, _told, AnEntry(1)));
        for (var i = 0; i < 3; i++)
        {
            Assert.False(journal.CommitNext());
            _time.Advance(TimeSpan.FromSeconds(1));
            journal.Room.Look();
            Assert.True(journal.Room.IsHeld);
        }

        Assert.Equal([Refused], _log.Events);
        Assert.Equal(TimeSpan.FromSeconds(3), journal.Room.HeldFor);
        Assert.Equal(1_000, journal.Room.FreeBytes);

        _disk.FailWith = null;
        Assert.True(journal.CommitNext());
        Assert.False(journal.Room.IsHeld);
        Assert.Equal([Refused, Resumed], _log.Events);
    }

    [Fact]
    public void A_hold_that_comes_and_goes_is_told_once_a_minute_and_one_that_stays_in_the_end()
    {
        var room = new DiskRoom(Options, _log);
        for (var i = 0; i < 3; i++)
        {
            room.NoteFull();
            room.NoteRoom();
        }

        room.NoteFull();
        Assert.Equal([Refused, Resumed], _log.Events);

        _time.Advance(TimeSpan.FromMinutes(1));
        room.Look();
        Assert.Equal([Refused, Resumed, Refused], _log.Events);
    }

    private static LogFailedException Full() => new("database or disk is full", 13);

    private static async Task<LogPosition> Appended(JournalLog journal) => await journal.AppendAsync(AnEntry(9), Cancel);

    private static Entry AnEntry(int number) => new Entry.Presence($"{number}", true, SomeEntries.Noon);

    private static async Task Until(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(10, Cancel);
        }
    }

    private JournalLog Open() => new(
        _disk, Options with { HousekeepingTime = TimeProvider.System }, _time, _log, _failures.Enqueue);
}
