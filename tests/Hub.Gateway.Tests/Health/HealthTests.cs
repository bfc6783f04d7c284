using Hub.Gateway.Health;
using Hub.Gateway.Ingest;
using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Gateway.Tests.Journal;
using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Testing;
using Hub.Transport.Log;
using Hub.Transport.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.Health;

/// <summary>The goal: what is wrong with the hub becomes an alarm by the ordinary way, and a healthy hub is silent.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private const long Reserve = 100;

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new(SomeEntries.Noon);
    private readonly ScriptedRowLog _disk = new();
    private readonly RulesEngine _engine = new(RuleSet.From());
    private readonly List<AlarmTransition> _said = [];
    private WebApplication _app = null!;
    private HealthReporter _reporter = null!;
    private LogPosition _judged;
    private long _free = 1 << 30;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private JournalLog Journal => Get<JournalLog>();

    public async ValueTask InitializeAsync()
    {
        var options = new HubOptions { DataFolder = _folder.Path };
        var limits = new JournalOptions
        {
            FreeBytes = () => Volatile.Read(ref _free),
            HoldBelowBytes = Reserve,
            HousekeepingTime = _time,
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddStorage(options).AddJournal(options, limits).AddSite().AddIngest().AddHealth();
        builder.Services.AddSingleton(
            new JournalLog(_disk, limits, _time, NullLogger<JournalLog>.Instance, _ => { }));
        _app = builder.Build();
        await using (var db = await Get<IDbContextFactory<HubDb>>().CreateDbContextAsync(Cancel))
        {
            StorageSetup.CreateTables(db);
        }

        await Get<SiteBook>().StartAsync(Cancel);
        _reporter = ActivatorUtilities.CreateInstance<HealthReporter>(_app.Services);
    }

    public async ValueTask DisposeAsync()
    {
        await Get<SiteBook>().StopAsync(CancellationToken.None);
        Journal.Dispose();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_hub_without_room_tells_the_engineers_from_its_reserve_while_devices_wait()
    {
        await PassAsync(minutes: 2);
        Interlocked.Exchange(ref _free, Reserve - 1);
        await PassAsync(minutes: 1);
        await UntilAsync(() => Journal.Room.IsHeld);
        var told = new System.Collections.Concurrent.ConcurrentQueue<string>();
        Journal.HandOver(new ToldBatch(1, told, new Entry.Presence("edge-b1", true, SomeEntries.Noon)));

        await PassAsync(minutes: 6);

        var raised = Assert.Single(_said.OfType<AlarmTransition.Raised>());
        Assert.Equal(("storage-full", "hub"), (raised.RuleId, raised.SpaceId));
        Assert.Equal(("engineer", OrderPriority.Urgent), (raised.Order!.Audience, raised.Order.Priority));
        Assert.Empty(told);

        Interlocked.Exchange(ref _free, 1 << 30);
        await PassAsync(minutes: 1);
        await UntilAsync(() => told.Count == 2);
        await PassAsync(minutes: 20);
        Assert.Equal(raised.Id, Assert.Single(_said.OfType<AlarmTransition.Cleared>()).Id);
    }

    [Fact]
    public async Task A_journal_with_a_row_that_can_not_be_read_is_told_of()
    {
        await PassAsync(minutes: 2);
        _disk.Damage(new LogPosition(_judged.Value - 3), 20);
        _ = Journal.Read(LogPosition.Start, Journal.Tail).Count();

        await PassAsync(minutes: 6);

        Assert.Equal("storage-damaged", Assert.Single(_said.OfType<AlarmTransition.Raised>()).RuleId);
    }

    [Fact]
    public async Task A_follower_that_does_not_follow_is_a_backlog()
    {
        await PassAsync(minutes: 1);
        for (var row = 0; row < 1_100; row++)
        {
            await Journal.AppendAsync(new Entry.Tick(_time.GetUtcNow()), Cancel);
        }

        // One that has begun and then stands still, as InfluxDB's does while it is away.
        await using var follower = Journal.FollowAsync("influx", LogPosition.Start, Cancel).GetAsyncEnumerator(Cancel);
        await follower.MoveNextAsync();
        await PassAsync(minutes: 35);

        Assert.Equal("device-backlog", Assert.Single(_said.OfType<AlarmTransition.Raised>()).RuleId);
    }

    [Fact]
    public async Task A_healthy_hub_says_nothing()
    {
        await PassAsync(minutes: 200);

        Assert.Empty(_said);
        Assert.InRange(_engine.Counters.Readings, 6 * 195, 6 * 200);
    }

    [Theory]
    [InlineData(0, 1_000, 10)]
    [InlineData(9_000, 1_000, 91)]
    [InlineData(50, 100, 100)]
    [InlineData(50, 20, 100)]
    public void A_disk_is_full_when_the_hub_has_no_room_on_it_whatever_others_keep_there(
        long kept, long free, double used) => Assert.Equal(used, (Healthy with { KeptBytes = kept, FreeBytes = free }).DiskUsed);

    [Fact]
    public void A_disk_that_nobody_can_measure_is_not_told_of()
    {
        var told = (Healthy with { FreeBytes = long.MaxValue }).Readings().Select(reading => reading.Signal);

        Assert.DoesNotContain(Signal.Disk, told);
        Assert.Contains(Signal.StorageFull, told);
    }

    [Fact]
    public void A_clock_that_was_set_back_is_told_as_far_as_it_is_behind() => Assert.Contains(
        (Signal.ClockOffset, -90), (Healthy with { Behind = TimeSpan.FromSeconds(90) }).Readings());

    [Fact]
    public void Nobody_else_can_speak_as_the_hub() =>
        Assert.IsType<RefusedRoute>(Get<IngestService>().Find(Topics.Readings("hub")));

    private static HubCondition Healthy => new()
    {
        KeptBytes = 0,
        FreeBytes = 1_000,
        ReserveBytes = Reserve,
        IsHeld = false,
        IsDamaged = false,
        LagRows = 0,
        EventsLost = 0,
        Behind = TimeSpan.Zero,
    };

    private T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(10, Cancel);
        }
    }

    /// <summary>Minutes of a hub's life: its second-hand, its word on itself, and the rules that read both.</summary>
    private async Task PassAsync(int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await _reporter.ReportAsync(Cancel);
            _time.Advance(TimeSpan.FromMinutes(1));
            await Journal.AppendAsync(new Entry.Tick(_time.GetUtcNow()), Cancel);
        }

        foreach (var entry in Journal.Read(_judged, Journal.Tail).SelectMany(row => row.Entries))
        {
            _said.AddRange(_engine.Step(entry));
        }

        _judged = Journal.Tail;
    }
}
