using Hub.Gateway.Rulebook;
using Hub.Gateway.Series;
using Hub.Gateway.Tests.Site;
using Hub.Gateway.Tests.WorkOrders;
using Hub.Rules.Engine;
using Hub.Rules.Site;
using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.Rulebook;

/// <summary>Why there was no alarm, or which order it is in, out of a journal and out of the history.</summary>
public sealed class WhyNotTests : IAsyncLifetime
{
    private readonly DeskRoom _desk = new();
    private SiteRoom _room = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTimeOffset Start => _room.Time.GetUtcNow();

    private JournalReplay Replay => new(_room.Journal, _room.Book);

    public async ValueTask InitializeAsync() => _room = await SiteRoom.OpenAsync(VacantHome.Site);

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        _desk.Dispose();
    }

    [Fact]
    public async Task Why_there_was_no_alarm_is_what_the_engine_would_have_said_that_minute()
    {
        await VacantHome.UseWaterAsync(_room);
        using var service = new WhyNotService(Replay, _room.Book, _desk.Desk);
        var start = Start;

        var before = await service.AskAsync(VacantHome.Water, start.AddMinutes(16), "en", Cancel);
        var after = await service.AskAsync(VacantHome.Water, start.AddMinutes(105), "zh-Hans", Cancel);

        var use = Assert.Single(before!.Rules, rule => rule.Rule == "vacant-water-use");
        Assert.Equal(("false", 0, 3, "L"), (use.Standing, use.Figure, use.Limit, use.Unit));
        Assert.EndsWith("it was 0 L; it takes 3 L", use.Sentence, StringComparison.Ordinal);
        Assert.Equal("firing", after!.Rules.Single(rule => rule.Rule == "vacant-water-use").Standing);
        Assert.Contains("正在报警", after.Rules.Single(rule => rule.Rule == "vacant-water-use").Sentence, StringComparison.Ordinal);
        Assert.True(after.IsWhole);
        Assert.Null(await service.AskAsync("e/w/water.volum", start, "en", Cancel));
    }

    [Fact]
    public async Task An_alarm_that_fires_names_the_order_that_it_is_in()
    {
        await VacantHome.UseWaterAsync(_room);
        await _desk.Desk.HandleAsync(
            [Some.Leak(Start, "home", rule: "vacant-water-use") with { Device = "e/w" }], new(1), Cancel);
        using var service = new WhyNotService(Replay, _room.Book, _desk.Desk);

        var answer = await service.AskAsync(VacantHome.Water, Start.AddMinutes(105), "en", Cancel);

        var order = Assert.Single(_desk.Desk.OpenOrders).Number;
        var use = answer!.Rules.Single(rule => rule.Rule == "vacant-water-use");
        Assert.Equal(order, use.Order);
        Assert.EndsWith($"; it is in order {order}", use.Sentence, StringComparison.Ordinal);
        Assert.All(answer.Rules.Where(rule => rule.Standing != "firing"), rule => Assert.Null(rule.Order));
    }

    [Fact]
    public async Task What_the_journal_has_forgotten_is_asked_of_the_history()
    {
        await VacantHome.UseWaterAsync(_room);
        using var folder = new TempFolder();
        using var db = new SeriesDb(folder["series.db"]);
        var history = new HistoryStore(db, new HistoryOptions());
        foreach (var row in _room.Journal.Read(LogPosition.Start, _room.Journal.Tail))
        {
            history.Take(row.Position, row.Entries);
        }

        var asked = Start.AddMinutes(105);
        await TrimAsync();
        var replay = new JournalReplay(_room.Journal, _room.Book, history);
        using var service = new WhyNotService(replay, _room.Book, _desk.Desk);

        var answer = await service.AskAsync(VacantHome.Water, asked, "en", Cancel);

        Assert.Equal("firing", answer!.Rules.Single(rule => rule.Rule == "vacant-water-use").Standing);
        Assert.False(answer.IsWhole);
        Assert.NotNull((await replay.OpenAsync(asked, Cancel)).HistoryUntil);
    }

    [Fact]
    public async Task Long_after_its_beginning_the_journal_is_read_from_what_is_learnt_on_with_the_site_told_first()
    {
        await VacantHome.UseWaterAsync(_room);
        _room.Time.Advance(TimeSpan.FromDays(100));
        await _room.Journal.AppendAsync(new Entry.Tick(Start), Cancel);

        var span = await Replay.OpenAsync(Start, Cancel);

        Assert.Equal((false, 1L, null), (span.IsWhole, span.Rows, span.HistoryUntil));
        Assert.Contains(span.Entries, one => one.Entry is Entry.Changed { Change: SiteChange.PointCommissioned });
        Assert.DoesNotContain(span.Entries, one => one.Entry is Entry.Readings);
    }

    /// <summary>A month later its rows may go, all but the last.</summary>
    private async Task TrimAsync()
    {
        _room.Time.Advance(TimeSpan.FromDays(40));
        await _room.Journal.AppendAsync(new Entry.Tick(Start), Cancel);
        _room.Journal.Report("test", _room.Journal.Tail);
        _room.Journal.Trim();
    }
}
