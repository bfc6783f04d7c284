using Hub.Gateway.Tests.WorkOrders;
using Hub.Gateway.WorkOrders;
using Hub.Transport.Log;
using static Hub.Gateway.Tests.Roster.SomeRoster;

namespace Hub.Gateway.Tests.Roster;

public sealed class LadderTests : IDisposable
{
    private const string Lobby = "b1-e1-lobby";

    private readonly DeskRoom _room = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _room.Dispose();

    [Fact]
    public async Task Each_rung_calls_the_people_on_shift_and_the_history_says_who()
    {
        var order = await PressAsync(Nov(30, 12));

        await PassAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(
            [
                "12:00:00 butler butler-07", "12:01:30 partner butler-08", "12:03:00 hotline desk-1",
                "12:04:00 chief chief-01",
            ],
            await CalledAsync(order));
        var told = (await _room.Desk.FindAsync(order, Cancel))!.Ladder;
        Assert.Equal(["butler-07"], told[0].Called!.People);
    }

    [Fact]
    public async Task Where_no_butler_is_on_shift_the_desk_is_called_at_once()
    {
        var order = await PressAsync(Nov(30, 23, 30));

        await PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(["23:30:00 hotline desk-2", "23:31:30 hotline desk-2"], await CalledAsync(order));
    }

    [Fact]
    public async Task The_sites_own_ladder_is_climbed_instead_of_the_standard()
    {
        var own = Sheet() with
        {
            Ladder = [new LadderRung("butler", TimeSpan.Zero), new LadderRung("director", TimeSpan.FromSeconds(45))],
        };
        var order = await PressAsync(Nov(30, 12), own);

        await PassAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(["12:00:00 butler butler-07", "12:00:45 director director-01"], await CalledAsync(order));
    }

    [Fact]
    public async Task Accepting_stops_the_ladder()
    {
        var order = await PressAsync(Nov(30, 12));
        await PassAsync(TimeSpan.FromMinutes(2));

        await _room.Desk.DoAsync(order, new OrderCommand.Accept(Some.Wang), Cancel);
        await PassAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(2, (await CalledAsync(order)).Count);
    }

    [Fact]
    public async Task Nobody_to_call_is_an_alarm_of_its_own_and_told_to_the_chief_and_the_director_off_shift()
    {
        var order = await PressAsync(
            Nov(30, 12), Sheet(shifts: "person,grid,days,hours,since\nbutler-07,g1,sat,07:00-08:00,2026-11-01\n"));

        var unreached = Assert.Single((await _room.Desk.HistoryAsync(order, Cancel)).OfType<OrderEvent.Unreached>());
        Assert.Equal(("butler", Nov(30, 12)), (unreached.To, unreached.At));
        Assert.Empty((await _room.Desk.FindAsync(order, Cancel))!.Ladder[0].Called!.People);
        Assert.Equal(
            ["chief -", "director -", "chief chief-01", "director director-01"],
            Notices(NoticeKind.Unreached));
    }

    [Fact]
    public async Task A_breach_and_a_clock_that_runs_out_are_told_to_the_right_people_once_each()
    {
        var order = await PressAsync(Nov(30, 23, 30));
        await _room.Desk.DoAsync(order, new OrderCommand.Accept(Some.Wang), Cancel);
        await PassAsync(TimeSpan.FromMinutes(4));
        await PassAsync(TimeSpan.FromMinutes(2));

        // The chief is told in quiet hours too: the channel keeps it until they are over.
        Assert.Equal(["chief -", "chief chief-01"], Notices(NoticeKind.Breach));
        Assert.Equal(["butler -", "butler butler-07"], Notices(NoticeKind.DueSoon));
        Assert.Equal(["hotline -", "hotline desk-2"], Notices(NoticeKind.Taken));
    }

    [Fact]
    public async Task What_fell_due_while_the_hub_was_down_is_called_by_the_roster_of_its_own_time()
    {
        var order = await PressAsync(Nov(30, 22, 58));
        _room.Reopen();

        await PassAsync(TimeSpan.FromHours(3));

        Assert.Equal(
            [
                "22:58:00 butler butler-07", "22:59:30 partner butler-08", "23:01:00 hotline desk-2",
                "23:02:00 director director-01",
            ],
            await CalledAsync(order));
    }

    private async Task<long> PressAsync(DateTimeOffset at, Gateway.Roster.RosterSheet? sheet = null)
    {
        (_room.Premises.Current, _room.Premises.Zone) = (Compound, Shanghai);
        _room.Now = Duty(sheet);
        _room.Time.Advance(at - _room.Time.GetUtcNow());
        await _room.Desk.HandleAsync([Some.Press("p1", at, Lobby)], new LogPosition(1), Cancel);
        return Assert.Single(_room.Desk.OpenOrders).Id;
    }

    private async Task PassAsync(TimeSpan time)
    {
        _room.Time.Advance(time);
        await _room.Desk.ElapseAsync(Cancel);
    }

    private async Task<IReadOnlyList<string>> CalledAsync(long order) =>
    [
        .. from told in (await _room.Desk.HistoryAsync(order, Cancel)).OfType<OrderEvent.Escalated>()
           let at = TimeZoneInfo.ConvertTime(told.At, Shanghai)
           select $"{at:HH:mm:ss} {told.Called!.Role} {string.Join(',', told.Called.People)}",
    ];

    private List<string> Notices(NoticeKind kind)
    {
        using var db = _room.CreateDbContext();
        return [.. db.Set<NoticeRow>().Where(row => row.Kind == kind).OrderBy(row => row.Id)
            .Select(row => $"{row.To} {row.Person ?? "-"}")];
    }
}
