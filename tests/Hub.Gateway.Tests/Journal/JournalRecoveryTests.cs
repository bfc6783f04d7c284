using System.CommandLine;
using System.Text.Json;
using Hub.Gateway.Cli;
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
        DamagePages(20, 1);
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
            DamagePages(20, 8);
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

    [Fact]
    public async Task Verify_names_the_row_that_a_turned_bit_has_damaged_and_tail_says_it_in_its_place()
    {
        await WriteAsync();
        var whole = await CliAsync("journal", "verify");
        Assert.Equal(ExitCode.Ok, whole.Code);
        Assert.StartsWith($"{Rows} rows", whole.Output);

        Damage(page: 30, at: 2_000);

        var found = await CliAsync("journal", "verify", "--json");
        using var json = JsonDocument.Parse(found.Output);
        var row = json.RootElement.GetProperty("damagedRows").EnumerateArray().Single().GetInt64();
        Assert.Equal(ExitCode.CheckFailed, found.Code);
        Assert.Equal((0, Rows), (json.RootElement.GetProperty("missing").GetInt32(), json.RootElement.GetProperty("rows").GetInt32()));
        var lines = (await CliAsync("journal", "tail", "--after", $"{row - 2}")).Output.Split('\n');
        Assert.StartsWith($"{row - 1}  ", lines[0]);
        Assert.StartsWith($"{row}  damaged", lines[1]);
        Assert.Equal(2 + Rows - row, lines.Count(line => line.Length > 0));
    }

    [Fact]
    public async Task Every_row_is_read_again_on_schedule_and_no_more_of_it_a_second_than_is_allowed()
    {
        await WriteAsync();
        Damage(page: 30, at: 2_000);
        var options = new JournalOptions { HousekeepingTime = _time, CheckBytesPerSecondMax = 60_000 };
        using var journal = JournalLog.Open(File, options, _time, NullLogger<JournalLog>.Instance, _ => { });
        using var inspector = new JournalInspector(journal, options);

        var inspecting = inspector.InspectAsync(Cancel);
        Assert.Null(journal.LastCheck);
        await _time.AdvanceUntilAsync(inspecting, TimeSpan.FromSeconds(1));

        Assert.InRange(_time.GetUtcNow() - new ManualTime().GetUtcNow(), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(9));
        Assert.Equal((Rows, 1L), (journal.LastCheck!.Value.Found.Rows, journal.LastCheck.Value.Found.DamagedRows));
        Assert.Equal(1, journal.DamagedRows);
    }

    private async Task<(int Code, string Output)> CliAsync(params string[] words)
    {
        await using var told = new StringWriter();
        var command = new RootCommand { JournalCommand.Create() }.Parse([.. words, "--data", _folder.Path]);
        var code = await command.InvokeAsync(new InvocationConfiguration { Output = told }, Cancel);
        return (code, told.ToString());
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

    private void Damage(int page, int at)
    {
        using var file = System.IO.File.OpenHandle(File, FileMode.Open, FileAccess.ReadWrite);
        var one = new byte[1];
        RandomAccess.Read(file, one, (page * PageBytes) + at);
        RandomAccess.Write(file, [(byte)(one[0] ^ 4)], (page * PageBytes) + at);
    }

    private void DamagePages(int page, int pages)
    {
        using var file = System.IO.File.OpenHandle(File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, Enumerable.Repeat((byte)0xFF, pages * PageBytes).ToArray(), page * PageBytes);
    }

    private JournalLog Open(List<Exception>? failures = null) => JournalLog.Open(
        File, new JournalOptions { Log = new DurableLogOptions { CheckBytesMax = failures is null ? 1 << 20 : 1 } },
        _time, NullLogger<JournalLog>.Instance, e => failures?.Add(e));
}
