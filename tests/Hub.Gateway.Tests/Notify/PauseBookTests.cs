using Hub.Gateway.Notify;
using Hub.Gateway.Tests.Storage;
using Hub.Gateway.Tests.WorkOrders;
using Hub.Gateway.WorkOrders;
using static Hub.Gateway.Tests.Notify.WangsChannels;
using static Hub.Gateway.Tests.Roster.SomeRoster;

namespace Hub.Gateway.Tests.Notify;

public class PauseBookTests
{
    private static readonly DateTimeOffset Noon = Nov(30, 12);
    private static readonly DateTimeOffset Evening = Nov(30, 18);

    private readonly WangsChannels _told = new();
    private readonly Tables? _tables;

    public PauseBookTests()
    {
    }

    private protected PauseBookTests(Tables tables) => _tables = tables;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pause_is_ones_own_and_bounded_and_the_chief_may_set_it_too()
    {
        using var room = _told.Open(Noon, tables: _tables);
        var far = Noon + room.Options.ChannelPauseMax;

        Assert.Equal(PauseRefusal.NoChannel, await AskAsync("drums", Evening, Some.Wang));
        Assert.Equal(PauseRefusal.Shared, await AskAsync("group", Evening, Some.Chief));
        Assert.Equal(PauseRefusal.NotYours, await AskAsync("butler", Evening, Some.Li));
        Assert.Equal(PauseRefusal.NotYours, await room.Pauses.ResumeAsync("butler", Some.Li, Cancel));
        Assert.Equal(PauseRefusal.WrongTime, await AskAsync("butler", null, Some.Wang));
        Assert.Equal(PauseRefusal.WrongTime, await AskAsync("butler", Noon, Some.Wang));
        Assert.Equal(PauseRefusal.WrongTime, await AskAsync("butler", far.AddSeconds(1), Some.Wang));
        Assert.Empty(room.Pauses.Pauses.All);

        Assert.Equal(PauseRefusal.None, await AskAsync("butler", far, Some.Wang));
        Assert.Equal(PauseRefusal.None, await AskAsync("butler", Evening, Some.Chief));
        Assert.Equal(Evening, room.Pauses.Pauses.Until("butler", Noon));

        Task<PauseRefusal> AskAsync(string channel, DateTimeOffset? until, Actor by) =>
            room.Pauses.PauseAsync(channel, until, by, Cancel);
    }

    [Fact]
    public async Task A_pause_outlives_a_restart_and_ended_early_lets_go_of_what_waits()
    {
        using var room = _told.Open(Noon, tables: _tables);
        await room.PauseAsync("chief", Evening);
        await room.PressAsync("p1", "b1-e1-lobby");
        await room.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Empty(_told.Chief.Taken);

        room.Restart();
        await room.Pauses.LoadAsync(Cancel);
        Assert.Equal(Evening, room.Pauses.Pauses.Until("chief", room.Now));
        // A longer one in its place: what waits goes on waiting.
        await room.PauseAsync("chief", Evening.AddHours(2));
        await room.PassAsync(TimeSpan.Zero);
        Assert.Empty(_told.Chief.Taken);
        await room.Pauses.ResumeAsync("chief", Some.Chief, Cancel);
        await room.PassAsync(TimeSpan.Zero);

        Assert.Null(room.Pauses.Pauses.Until("chief", room.Now));
        Assert.Equal(["12:05 breach"], Said(_told.Chief)[..1]);
    }
}
