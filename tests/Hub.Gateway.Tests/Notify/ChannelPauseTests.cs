using Hub.Gateway.Notify;
using Hub.Gateway.Roster;
using Hub.Gateway.WorkOrders;
using static Hub.Gateway.Tests.Notify.WangsChannels;
using static Hub.Gateway.Tests.Roster.SomeRoster;

namespace Hub.Gateway.Tests.Notify;

public class ChannelPauseTests
{
    private static readonly DateTimeOffset Noon = Nov(30, 12);
    private static readonly DateTimeOffset Evening = Nov(30, 18);

    private readonly WangsChannels _told = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_in_order_of_preference_takes_the_place_of_a_paused_channel_until_the_pause_is_over()
    {
        using var room = _told.Open(Noon);
        await room.PauseAsync("butler", Noon.AddMinutes(10));
        await room.PressAsync("p1", "b1-e1-lobby");

        await room.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["12:00 call"], Said(_told.Late));
        Assert.Empty(_told.Butler.Taken);
        await room.PassAsync(TimeSpan.FromMinutes(9));
        await room.PressAsync("p2", "b1-e1-0301");
        await room.PassAsync(TimeSpan.Zero);

        Assert.Equal("12:10 call", Assert.Single(Said(_told.Butler)));
    }

    [Fact]
    public async Task With_everything_paused_the_call_goes_to_the_next_at_once_and_what_informs_waits()
    {
        using var room = _told.Open(Noon);
        await room.PauseAsync("butler", Evening);
        await room.PauseAsync("late", Evening);
        await room.PauseAsync("chief", Evening);
        var order = await room.PressAsync("p1", "b1-e1-lobby");

        await room.PassAsync(TimeSpan.FromMinutes(6));

        // The butler's partner is called at 12:00 instead, and in the chief's place the director at 12:04.
        order = (await room.Desk.FindAsync(order.Id, Cancel))!;
        Assert.Equal(new Called("partner", ["butler-08"]).People, order.Ladder[0].Called!.People);
        Assert.Equal(["director-01"], order.Ladder[3].Called!.People);
        Assert.Contains("12:00 call", Said(_told.Group));
        Assert.Empty(_told.Butler.Taken.Concat(_told.Late.Taken).Concat(_told.Chief.Taken));

        await room.PassAsync(Evening - room.Now, TimeSpan.FromMinutes(20));
        Assert.Equal(["12:05 breach"], Said(_told.Chief)[..1]);
    }

    [Fact]
    public async Task Whoever_is_the_only_one_left_is_called_although_everything_is_paused()
    {
        var alone = Sheet(
            people: "person,name,role\nbutler-07,Wang,butler\nchief-01,Chen,chief\n",
            shifts: "person,grid,days,hours,since\nbutler-07,g1,daily,00:00-24:00,2026-11-01\n");
        using var room = _told.Open(Noon, roster: alone);
        await room.PauseAsync("butler", Evening);
        await room.PauseAsync("late", Evening);
        await room.PressAsync("p1", "b1-e1-lobby");

        await room.PassAsync(TimeSpan.FromMinutes(3));

        Assert.Equal("12:00 call", Said(_told.Butler)[0]);
        Assert.Equal("12:00 call", Said(_told.Late)[0]);
    }

    [Fact]
    public async Task An_emergency_comes_through_every_pause()
    {
        using var room = _told.Open(Noon);
        await room.PauseAsync("butler", Evening);
        await room.PauseAsync("late", Evening);
        var pauses = room.Pauses.Pauses;
        var duty = new DutyTable(Sheet(), [], Compound, Shanghai, pauses.IsStill);

        Assert.Equal(["butler-08"], duty.Whom("butler", "b1-e1-lobby", Noon, isUrgent: false).People);
        Assert.Equal(["butler-07"], duty.Whom("butler", "b1-e1-lobby", Noon, isUrgent: true).People);
        var told = new Notice(1, 1, NoticeKind.Breach, "butler", Noon, null, "butler-07");
        Assert.All(Plan(isUrgent: true), planned => Assert.Equal(Noon, planned.From));
        Assert.All(Plan(isUrgent: false), planned => Assert.Equal(Evening, planned.From));
        Assert.Equal(2, Plan(isUrgent: true).Count());

        IEnumerable<(Channel Channel, DateTimeOffset From)> Plan(bool isUrgent) => DeliveryPlan.For(
            told, "b1-e1-lobby", pauses.Channels, Shanghai, isUrgent: isUrgent, pauses: pauses);
    }

    [Fact]
    public void Nobody_is_still_whom_another_channel_reaches_and_hours_count()
    {
        var own = new Channel("day", ChannelKind.Mail)
        {
            Person = "wang",
            Hours = Hub.Rules.Site.LobbyHours.TryParse("07:00-23:00")!.Value,
        };
        var night = own with { Id = "night", Hours = new Channel("", ChannelKind.Mail).Hours };
        var pauses = new Pauses(
            [own, night], [new ChannelPause("night", Noon, Noon.AddDays(1), "wang")], Shanghai);

        Assert.False(pauses.IsStill("wang", Noon));
        Assert.True(pauses.IsStill("wang", Noon.AddHours(14)));
        Assert.False(pauses.IsStill("wang", Noon.AddHours(25)));
        Assert.False(pauses.IsStill("li", Noon));
    }
}
