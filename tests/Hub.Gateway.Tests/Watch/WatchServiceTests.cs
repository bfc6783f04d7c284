using Hub.Gateway.Journal;
using Hub.Gateway.Tests.Journal;
using Hub.Gateway.Tests.WorkOrders;
using Hub.Gateway.Watch;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Transport.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.Watch;

/// <summary>The real engine and the real desk on a journal in memory.</summary>
public sealed class WatchServiceTests : IDisposable
{
    private const string Lobby = "b1-e2-lobby";

    private readonly DeskRoom _room = new();
    private readonly ScriptedRowLog _disk = new();
    private readonly List<IDisposable> _open = [];
    private JournalLog _journal;
    private WatchService? _watch;
    private int _presses;

    public WatchServiceTests() => _journal = OpenJournal(_disk);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IReadOnlyList<SiteChange> TheSite =>
    [
        new SiteChange.SpaceDefined(new Space(Lobby, SpaceKind.Lobby, "大堂")),
        new SiteChange.PointCommissioned(new Point(new PointNumber(1), "edge-b1", "lobby", Signal.ButtonPress, Lobby)),
        new SiteChange.RulesActivated("kiosks", 1, DefaultPacks.YamlOf("kiosks")),
    ];

    public void Dispose()
    {
        _open.ForEach(one => one.Dispose());
        _room.Dispose();
    }

    [Fact]
    public async Task A_press_in_the_journal_becomes_an_order()
    {
        await SetUpSiteAsync();
        var at = await PressAsync();

        await WatchAsync();

        var order = Assert.Single(await AllAsync());
        Assert.Equal((Lobby, OrderSource.Press, at), (order.SpaceId, order.Source, order.StartedAt));
        Assert.Equal(_journal.Tail, _room.Desk.Cursor);
        await StopAsync();
    }

    [Fact]
    public async Task After_an_orderly_stop_nothing_is_read_again()
    {
        await SetUpSiteAsync();
        await PressAsync();
        await WatchAsync();
        await StopAsync();
        var position = (await CheckpointAsync())[0].Position;
        Assert.Equal(_journal.Tail.Value, position);
        _room.Reopen();
        await PressAsync();

        await WatchAsync();

        Assert.Equal(1, Assert.Single(await AllAsync()).Repeats);
        await StopAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_checkpoint_that_is_lost_or_can_not_be_read_costs_a_replay_and_no_second_order(bool isLost)
    {
        await SetUpSiteAsync();
        await PressAsync();
        await PressAsync();
        await WatchAsync();
        await StopAsync();
        await SpoilCheckpointAsync(isLost);
        _room.Reopen();
        await PressAsync();

        await WatchAsync();

        Assert.Equal(2, Assert.Single(await AllAsync()).Repeats);
        await StopAsync();
    }

    [Fact]
    public async Task An_older_checkpoint_replays_the_rows_since_and_raises_nothing_twice()
    {
        await SetUpSiteAsync();
        await PressAsync();
        await WatchAsync();
        await StopAsync();
        var old = await CheckpointAsync();
        await PressAsync();
        await WatchAsync();
        await StopAsync();
        await using (var db = _room.CreateDbContext())
        {
            await db.Set<CheckpointRow>().ExecuteDeleteAsync(Cancel);
            db.AddRange(old);
            await db.SaveChangesAsync(Cancel);
        }

        _room.Reopen();
        await WatchAsync();

        Assert.Equal(1, Assert.Single(await AllAsync()).Repeats);
        Assert.Equal(0, _watch!.FaultyEntries);
        await StopAsync();
    }

    [Fact]
    public async Task A_checkpoint_written_while_presses_come_is_that_of_its_own_row()
    {
        await SetUpSiteAsync();
        await WatchAsync(new WatchOptions { CheckpointRowsMax = 1, CheckpointStopMax = TimeSpan.FromTicks(1) });
        while ((await CheckpointAsync()).Count == 0)
        {
            await PressAsync();
            await CaughtUpAsync();
        }

        var saved = await CheckpointAsync();
        await PressAsync();
        await CaughtUpAsync();
        await StopAsync();
        await using (var db = _room.CreateDbContext())
        {
            await db.Set<CheckpointRow>().ExecuteDeleteAsync(Cancel);
            db.AddRange(saved);
            await db.SaveChangesAsync(Cancel);
        }

        _room.Reopen();
        await PressAsync();
        await WatchAsync();

        Assert.InRange(saved[0].Position, 1, _journal.Tail.Value - 2);
        Assert.Equal(_presses - 1, Assert.Single(await AllAsync()).Repeats);
        await StopAsync();
    }

    [Fact]
    public async Task A_journal_whose_beginning_is_gone_still_knows_the_site()
    {
        await SetUpSiteAsync();
        _room.Premises.Current = TheSite.Aggregate(SiteSnapshot.Empty, (site, change) => site.With(change));
        _disk.TrimThrough(_journal.Tail);
        await PressAsync();

        await WatchAsync();

        Assert.Single(await AllAsync());
        await StopAsync();
    }

    [Fact]
    public async Task A_new_journal_beside_old_orders_is_read_from_its_first_row()
    {
        await SetUpSiteAsync();
        await PressAsync();
        await WatchAsync();
        await StopAsync();

        _room.Reopen();
        _journal = OpenJournal(new ScriptedRowLog());
        await _journal.AppendAsync(new Entry.Tick(_room.Time.GetUtcNow()), Cancel);
        await WatchAsync();
        Assert.Equal(new LogPosition(1), _room.Desk.Cursor);

        await SetUpSiteAsync();
        await PressAsync();
        await CaughtUpAsync();
        Assert.Equal(1, Assert.Single(await AllAsync()).Repeats);
        await StopAsync();
    }

    [Fact]
    public void A_site_told_entry_by_entry_is_the_same_site()
    {
        var site = TheSite.Append(new SiteChange.WindowPlanned(new PlannedWindow(Lobby, Some.T0, Some.At(60), "viewing")))
            .Aggregate(SiteSnapshot.Empty, (made, change) => made.With(change));

        var told = SiteEntries.Of(site, Some.T0).Cast<Entry.Changed>()
            .Aggregate(SiteSnapshot.Empty, (made, entry) => made.With(entry.Change));

        Assert.Equal(site.Spaces, told.Spaces);
        Assert.Equal(site.Points, told.Points);
        Assert.Equal(site.Packs, told.Packs);
        Assert.Equal(site.Windows[Lobby], told.Windows[Lobby]);
    }

    private JournalLog OpenJournal(ScriptedRowLog disk)
    {
        var journal = new JournalLog(
            disk, new JournalOptions(), _room.Time, NullLogger<JournalLog>.Instance, failure => Assert.Fail(failure.Message));
        _open.Add(journal);
        return journal;
    }

    private async Task WatchAsync(WatchOptions? options = null)
    {
        options ??= new WatchOptions { CheckpointEvery = TimeSpan.FromDays(1) };
        _watch = new WatchService(
            _journal, _room.Desk, _room.Premises, new CheckpointStore(_room, options, NullLogger<CheckpointStore>.Instance),
            new DryRun(TimeProvider.System),
            options, NullLogger<WatchService>.Instance);
        _open.Add(_watch);
        await _watch.StartAsync(Cancel);
        await CaughtUpAsync();
    }

    private Task StopAsync() => _watch!.StopAsync(CancellationToken.None);

    private async Task CaughtUpAsync()
    {
        while (_watch!.Position < _journal.Tail || _room.Desk.Cursor < _journal.Tail)
        {
            Assert.False(_watch.ExecuteTask!.IsFaulted, _watch.ExecuteTask.Exception?.ToString());
            await Task.Delay(2, Cancel);
        }
    }

    private async Task SetUpSiteAsync()
    {
        foreach (var change in TheSite)
        {
            await _journal.AppendAsync(new Entry.Changed(_room.Time.GetUtcNow(), change), Cancel);
        }
    }

    private async Task<DateTimeOffset> PressAsync()
    {
        _room.Time.Advance(TimeSpan.FromMinutes(1));
        var at = _room.Time.GetUtcNow();
        var press = new Reading(new PointNumber(1), at.UtcTicks, 1, PressId: $"press-{++_presses}");
        await _journal.AppendAsync(new Entry.Readings("edge-b1", "e1", 0, at, new[] { press }), Cancel);
        return at;
    }

    private async Task<List<CheckpointRow>> CheckpointAsync()
    {
        await using var db = _room.CreateDbContext();
        return await db.Set<CheckpointRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(Cancel);
    }

    private async Task SpoilCheckpointAsync(bool isLost)
    {
        var row = (await CheckpointAsync())[^1];
        await using var db = _room.CreateDbContext();
        if (isLost)
        {
            db.Remove(row);
        }
        else
        {
            row.State = [.. row.State.Take(row.State.Length / 2)];
            db.Update(row);
        }

        await db.SaveChangesAsync(Cancel);
    }

    private async Task<IReadOnlyList<WorkOrder>> AllAsync() =>
        (await _room.Desk.ListAsync(new OrderFilter { Scope = OrderScope.All }, Cancel)).Items;
}
