using Hub.Gateway.WorkOrders;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Transport.Log;
using Hub.Transport.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.WorkOrders;

public sealed class KioskLinkTests : IDisposable
{
    private const string Topic = "hub/1/edge-b1/kiosk/b1-e2-lobby";

    private readonly DeskRoom _room = new();
    private readonly FakeDownlink _downlink = new();

    public KioskLinkTests() => _room.Premises.Current = SiteSnapshot.Empty
        .With(new SiteChange.SpaceDefined(new Space("b1-e2-lobby", SpaceKind.Lobby, "1 栋 2 单元")))
        .With(Press(1, "edge-b1")).With(Press(2, "edge-b1-spare"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _room.Dispose();
    }

    [Fact]
    public async Task Every_kiosk_hears_at_the_start_where_it_stands()
    {
        await NewLink().SendAsync(Cancel);

        Assert.Equal(
            [Topic, "hub/1/edge-b1-spare/kiosk/b1-e2-lobby"], _downlink.Sent.Select(sent => sent.Topic));
        Assert.Equal(
            (KioskState.Idle, "400-000-5341", "1 栋 2 单元"),
            (_downlink.Last(Topic).State, _downlink.Last(Topic).Hotline, _downlink.Last(Topic).Building));
    }

    [Fact]
    public async Task A_call_goes_over_the_screen_from_the_press_to_idle()
    {
        using var link = NewLink();
        var order = await PressAsync();
        await ShowsAsync(link, KioskState.Calling);
        Assert.Equal((Some.T0, Some.At(5)), (_downlink.Last(Topic).PressedAt, _downlink.Last(Topic).PromiseAt));

        await DoAsync(order, new OrderCommand.Accept(Some.Wang));
        await ShowsAsync(link, KioskState.Accepted);

        _room.Time.Advance(TimeSpan.FromMinutes(5));
        await _room.Desk.ElapseAsync(Cancel);
        await ShowsAsync(link, KioskState.Late);

        await DoAsync(order, new OrderCommand.Arrive(Some.Wang));
        await ShowsAsync(link, KioskState.Arrived);

        await DoAsync(order, new OrderCommand.Resolve("visitor", "", Some.Wang));
        await ShowsAsync(link, KioskState.Closed);

        _room.Time.Advance(TimeSpan.FromMinutes(1));
        await ShowsAsync(link, KioskState.Idle);
    }

    [Fact]
    public async Task A_call_taken_back_leaves_the_screen_idle()
    {
        using var link = NewLink();
        await PressAsync();
        await ShowsAsync(link, KioskState.Calling);

        await _room.Desk.HandleAsync([Some.Withdrawn("p1", Some.T0.AddSeconds(8))], new LogPosition(2), Cancel);

        await ShowsAsync(link, KioskState.Idle);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        using var link = NewLink();
        await link.SendAsync(Cancel);
        await link.SendAsync(Cancel);

        Assert.Equal(2, _downlink.Sent.Count);
    }

    [Fact]
    public async Task What_a_broker_missed_is_sent_when_it_is_back()
    {
        using var link = NewLink();
        _downlink.IsAway = true;
        await PressAsync();
        await link.SendAsync(Cancel);
        Assert.Empty(_downlink.Sent);

        _downlink.IsAway = false;
        await ShowsAsync(link, KioskState.Calling);
    }

    [Fact]
    public async Task A_screen_is_never_told_who_comes_or_why()
    {
        using var link = NewLink();
        var order = await PressAsync();
        await DoAsync(order, new OrderCommand.Arrive(Some.Wang));
        await link.SendAsync(Cancel);

        var json = System.Text.Encoding.UTF8.GetString(_downlink.Last(Topic).ToJson());

        Assert.DoesNotContain("07", json, StringComparison.Ordinal);
        Assert.DoesNotContain("summon", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_accepts_an_order_in_a_unit_has_a_planned_window_for_the_visit()
    {
        _room.Premises.Current = _room.Premises.Current.With(
            new SiteChange.SpaceDefined(new Space("b1-e2-0301", SpaceKind.Unit, "301", Occupancy: Occupancy.Custody)));
        await _room.Desk.HandleAsync([Some.Leak(Some.T0), Some.Press("p1", Some.T0)], new LogPosition(1), Cancel);
        _room.Time.Advance(TimeSpan.FromMinutes(2));
        foreach (var order in _room.Desk.OpenOrders)
        {
            await DoAsync(order.Id, new OrderCommand.Accept(Some.Wang));
        }

        var windows = VisitService.Missing(
            _room.Desk.OpenOrders, _room.Premises.Current, TimeSpan.FromHours(2), _room.Time.GetUtcNow()).ToList();

        var window = Assert.Single(windows);
        Assert.Equal(new PlannedWindow("b1-e2-0301", Some.At(2), Some.At(122), "visit"), window);
        await _room.Premises.PlanAsync(window, Cancel);
        Assert.Empty(VisitService.Missing(
            _room.Desk.OpenOrders, _room.Premises.Current, TimeSpan.FromHours(2), _room.Time.GetUtcNow()));
    }

    private static SiteChange.PointCommissioned Press(int number, string edge) =>
        new(new Point(new PointNumber(number), edge, "lobby", Signal.ButtonPress, "b1-e2-lobby"));

    private KioskLink NewLink() => new(
        _room.Desk, _room.Premises, _downlink, new KioskLinkOptions(), _room.Time, NullLogger<KioskLink>.Instance);

    private async Task ShowsAsync(KioskLink link, KioskState state)
    {
        await link.SendAsync(Cancel);
        Assert.Equal(state, _downlink.Last(Topic).State);
    }

    private async Task<long> PressAsync()
    {
        await _room.Desk.HandleAsync([Some.Press("p1", Some.T0)], new LogPosition(1), Cancel);
        return Assert.Single(_room.Desk.OpenOrders).Id;
    }

    private async Task DoAsync(long order, OrderCommand command) =>
        Assert.True((await _room.Desk.DoAsync(order, command, Cancel)).IsDone);
}
