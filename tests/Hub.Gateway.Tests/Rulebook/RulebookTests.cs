using Hub.Gateway.Rulebook;
using Hub.Gateway.Tests.Site;
using Hub.Gateway.Tests.WorkOrders;
using Hub.Gateway.Watch;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Rulebook;

/// <summary>A pack's life on a real journal and a real hub.db.</summary>
public sealed class RulebookTests : IAsyncLifetime
{
    private readonly DeskRoom _desk = new();
    private SiteRoom _room = null!;
    private DryRun _dryRun = null!;
    private PackLife _life = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private JournalReplay Replay => new(_room.Journal, _room.Book);

    public async ValueTask InitializeAsync()
    {
        _room = await SiteRoom.OpenAsync(VacantHome.Site);
        _dryRun = new DryRun(_room.Time);
        _life = new PackLife(_room.Book, _dryRun);
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        _desk.Dispose();
    }

    [Fact]
    public async Task A_pack_comes_into_force_after_a_backtest_of_that_very_text_and_not_before()
    {
        await VacantHome.UseWaterAsync(_room);
        var refusal = await ActivateAsync(Pack(1, 10));
        Assert.Equal(409, refusal!.Status);
        Assert.DoesNotContain("night", _room.Book.Current.Packs.Keys);

        await BacktestAsync(Pack(1, 10));

        Assert.Equal(409, (await ActivateAsync(Pack(1, 10) + "# another word\n"))!.Status);
        Assert.Null(await ActivateAsync(Pack(1, 10)));
        Assert.Equal(("night", 1, "li"), Active());
        Assert.Contains(await _room.JournalledAsync(), entry =>
            entry.Change is SiteChange.RulesActivated { PackId: "night", Version: 1, By: "li" });
    }

    [Fact]
    public async Task A_backtest_says_how_far_it_is_and_what_the_pack_would_have_done()
    {
        await VacantHome.UseWaterAsync(_room);

        var news = await BacktestAsync(Pack(1, 10));

        var report = news[^1].Report!;
        var use = Assert.Single(report.Rules, rule => rule.RuleId == "night-use");
        // A notice and its order; but the rule in force has opened the order on that water already.
        Assert.Equal((null, 2, 0), (use.Before, use.After!.Alarms, use.After.Orders));
        Assert.Equal(report.Before.Orders, report.After.Orders);
        Assert.Equal(10, report.Readings);
        Assert.All(news.SkipLast(1), one => Assert.Null(one.Report));
    }

    [Fact]
    public async Task A_test_on_nothing_opens_no_door()
    {
        await BacktestAsync(Pack(1, 10));

        Assert.Equal(409, (await ActivateAsync(Pack(1, 10)))!.Status);
        Assert.Null(await _life.ActivateAsync("night.yaml", Pack(1, 10), "li", isUntested: true, isDry: false, Cancel));
    }

    [Fact]
    public async Task A_faulty_pack_is_refused_with_every_fault_and_the_running_one_stays()
    {
        await _life.ActivateAsync("night.yaml", Pack(1, 10), "li", isUntested: true, isDry: false, Cancel);

        var refusal = await ActivateAsync(Pack(2, 10).Replace("min-volume: 10 L", "min-volum: 10 L", StringComparison.Ordinal)
            .Replace("id: night-use", "id: vacant-door", StringComparison.Ordinal));

        Assert.Equal(422, refusal!.Status);
        Assert.Equal([4, 7], refusal.Faults.Select(fault => fault.Line));
        Assert.Contains("active pack vacant-units has this one", refusal.Faults[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Active().Version);
    }

    [Fact]
    public async Task A_version_is_one_text_for_ever()
    {
        await _life.ActivateAsync("night.yaml", Pack(1, 10), "li", isUntested: true, isDry: false, Cancel);

        var refusal = await _life.ActivateAsync("night.yaml", Pack(1, 20), "li", isUntested: true, isDry: false, Cancel);

        Assert.Contains("give this one version 2", refusal!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_brings_back_the_text_before_and_a_second_one_undoes_it()
    {
        await _life.ActivateAsync("night.yaml", Pack(1, 10), "li", isUntested: true, isDry: false, Cancel);
        await _life.ActivateAsync("night.yaml", Pack(2, 20), "li", isUntested: true, isDry: false, Cancel);

        Assert.Equal((null, 1), await _life.RollBackAsync("night", "wang", Cancel));
        Assert.Equal(("night", 1, "wang"), Active());
        Assert.Equal((null, 2), await _life.RollBackAsync("night", "wang", Cancel));
        Assert.Equal(404, (await _life.RollBackAsync("nigth", "wang", Cancel)).Refusal!.Status);
        Assert.Equal(409, (await _life.RollBackAsync("kiosks", "wang", Cancel)).Refusal!.Status);
    }

    [Fact]
    public async Task What_a_person_has_activated_outlives_a_restart()
    {
        var own = DefaultPacks.YamlOf("kiosks").Replace("version: 1", "version: 7", StringComparison.Ordinal);
        Assert.Null(await _life.ActivateAsync("kiosks.yaml", own, "li", isUntested: true, isDry: false, Cancel));

        await _room.RestartAsync();

        Assert.Equal(7, _room.Book.Current.Packs["kiosks"].Version);
        var kiosks = Assert.Single(
            await new PackLife(_room.Book, _dryRun).ListAsync(Cancel), pack => pack.Pack == "kiosks");
        Assert.Equal((7, "li", 1), (kiosks.Version, kiosks.By, kiosks.Previous));
        Assert.NotNull(kiosks.Since);
    }

    [Fact]
    public async Task A_dry_run_speaks_beside_the_live_rules_and_knows_what_they_know()
    {
        var live = new RulesEngine(RuleSet.From());
        foreach (var (_, entry) in (await Replay.OpenAsync(null, Cancel)).Entries)
        {
            live.Step(entry);
        }

        Assert.Null(await _life.ActivateAsync("night.yaml", Pack(1, 10), "li", isUntested: false, isDry: true, Cancel));
        await VacantHome.UseWaterAsync(_room);
        var rows = _room.Journal.Read(new(_room.Journal.Tail.Value - 10), _room.Journal.Tail);
        foreach (var row in rows)
        {
            _dryRun.Take(row.Entries, live);
        }

        var (_, raised, orders, latest) = _dryRun.Said();
        Assert.Equal((2, 1), (raised, orders));
        Assert.All(latest, one => Assert.Equal("night-use", one.RuleId));
        Assert.DoesNotContain("night", _room.Book.Current.Packs.Keys);

        await _life.ActivateAsync("night.yaml", Pack(1, 10), "li", isUntested: true, isDry: false, Cancel);
        Assert.Null(_dryRun.Pack);
    }

    [Fact]
    public async Task An_order_is_traced_to_its_alarms_the_rule_of_that_version_and_its_settings()
    {
        var yaml = DefaultPacks.YamlOf("vacant-units");
        var version = _room.Book.Current.Packs["vacant-units"].Version;
        var leak = Some.Leak(Some.T0, "home", rule: "vacant-water-continuous") with { PackVersion = version };
        await _desk.Desk.HandleAsync([leak], new(1), Cancel);
        var order = Assert.Single(_desk.Desk.OpenOrders);
        await _desk.Desk.FreezeAsync(
            order.Id, [new EvidenceSeries(new PointNumber(1), [new(Some.T0, 10.0), new(Some.At(15), 10.2)])], Cancel);

        var trace = await new OrderTrace(_desk.Desk, _room.Book).OfAsync(order, "en", Cancel);

        var alarm = Assert.Single(trace.Alarms);
        Assert.Equal(7200, alarm.Settings["lasting"]);
        Assert.Contains(alarm.RuleWhy!, yaml, StringComparison.Ordinal);
        Assert.Equal(["e/w/water.volume", "e/w/water.volume"], trace.Readings.Select(reading => reading.Point));
        Assert.Contains(trace.Lines, line => line.StartsWith(
            $"Raised by vacant-water-continuous (version {version}) about edge-b1/w-0301", StringComparison.Ordinal));
        Assert.Contains(trace.Lines, line => line.StartsWith("2 readings of e/w/water.volume: from 10 m3", StringComparison.Ordinal));
    }

    private Task<PackRefusal?> ActivateAsync(string yaml) =>
        _life.ActivateAsync("night.yaml", yaml, "li", isUntested: false, isDry: false, Cancel);

    private async Task<List<BacktestNews>> BacktestAsync(string yaml)
    {
        using var service = new BacktestService(Replay, _room.Book, _desk.Desk);
        var read = _life.Check("night.yaml", yaml);
        Assert.Equal("", read.ToString());
        return await service.RunAsync(read.Value!, yaml, null, null, Cancel).ToListAsync(Cancel);
    }

    private (string Pack, int Version, string? By) Active()
    {
        var pack = _room.Book.Current.Packs["night"];
        return (pack.PackId, pack.Version, pack.By);
    }

    private static string Pack(int version, int litres) => $$"""
        id: night
        version: {{version}}
        rules:
          - id: night-use
            detector: W1
            why: So many litres are a lot for an empty home.
            parameters: { min-volume: {{litres}} L }

        """;
}
