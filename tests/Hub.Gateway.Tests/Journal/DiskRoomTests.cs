using System.Collections.Concurrent;
using Hub.Gateway.Journal;
using Hub.Rules.Engine;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.Journal;

/// <summary>The goal: a full disk holds acknowledgements up and loses none, and the hub goes on by itself (G7).</summary>
public sealed class DiskRoomTests : IDisposable
{
    private readonly ScriptedRowLog _disk = new();
    private readonly ConcurrentQueue<Exception> _failures = new();
    private readonly ConcurrentQueue<string> _told = new();
    private long _free = 1_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task A_write_that_finds_no_room_waits_for_it_and_is_then_confirmed_in_its_order()
    {
        using var journal = Open();
        _disk.FailWith = new LogFailedException("database or disk is full", 13);
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
        _disk.FailWith = new LogFailedException("database or disk is full", 13);
        journal.HandOver(new ToldBatch(1, _told, AnEntry(1)));
        await Until(() => journal.Room.IsHeld);

        journal.Dispose();

        Assert.Equal(["1 failed"], _told);
        Assert.Equal(LogPosition.Start, _disk.Tail);
    }

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
        _disk, new JournalOptions { FreeBytes = () => Volatile.Read(ref _free), HoldBelowBytes = 100 }, new ManualTime(),
        NullLogger<JournalLog>.Instance, _failures.Enqueue);
}
