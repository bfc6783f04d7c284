using Hub.Gateway.Journal;
using Hub.Rules.Engine;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.Journal;

public sealed class JournalRecoveryTests : IDisposable
{
    private const int Rows = 40;
    private const int PageBytes = 4096;

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => _folder["journal.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_follower_goes_on_from_its_cursor_over_what_is_gone_from_a_damaged_journal()
    {
        await WriteAsync();
        Damage(page: 20);
        using var journal = Open();
        journal.Report("watch", new LogPosition(3));

        var next = await journal.AppendAsync(Large(99), Cancel);
        var seen = new List<LogPosition>();
        await foreach (var row in journal.FollowAsync("watch", new LogPosition(3), Cancel))
        {
            seen.Add(row.Position);
            if (row.Position == next)
            {
                break;
            }
        }

        Assert.True(journal.Recovery!.WasDamaged);
        Assert.Equal(new LogPosition(4), seen[0]);
        Assert.Equal(Rows - 3 - journal.Recovery.RowsLost + 1, seen.Count);
        Assert.InRange(journal.Recovery.RowsLost, 1, 2);
        Assert.Equal(2, journal.Followers.Single().Lag);
    }

    [Fact]
    public async Task Damage_that_a_follower_runs_into_ends_the_journal_and_the_next_start_repairs_it()
    {
        await WriteAsync();
        var failures = new List<Exception>();
        using (var journal = Open(failures))
        {
            Damage(page: 20, pages: 8);
            await Assert.ThrowsAsync<LogFailedException>(async () =>
            {
                await foreach (var row in journal.FollowAsync("watch", LogPosition.Start, Cancel))
                {
                    Assert.True(row.Position <= journal.Tail);
                }
            });
            Assert.Single(failures);
            await Assert.ThrowsAsync<LogFailedException>(() => journal.AppendAsync(Large(1), Cancel).AsTask());
        }

        using var again = Open();

        Assert.True(again.Recovery!.WasDamaged);
        await again.AppendAsync(Large(1), Cancel);
        Assert.InRange(again.Read(LogPosition.Start, again.Tail).Count(), Rows - 10, Rows);
    }

    private static Entry Large(int number) => new Entry.SetAside(
        $"edge-{number}", "topic", SetAsideKind.Unreadable, "reason", SomeEntries.Noon, new byte[6_000]);

    private async Task WriteAsync()
    {
        using var journal = Open();
        for (var i = 0; i < Rows; i++)
        {
            await journal.AppendAsync(Large(i), Cancel);
        }
    }

    private void Damage(int page, int pages = 1)
    {
        using var file = System.IO.File.OpenHandle(File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, Enumerable.Repeat((byte)0xFF, pages * PageBytes).ToArray(), page * PageBytes);
    }

    private JournalLog Open(List<Exception>? failures = null) => JournalLog.Open(
        File, new JournalOptions { Log = new DurableLogOptions { CheckBytesMax = failures is null ? 1 << 20 : 1 } },
        _time, NullLogger<JournalLog>.Instance, e => failures?.Add(e));
}
