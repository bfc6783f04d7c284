using Hub.Edge.Sensing;

namespace Hub.Edge.Tests.Sensing;

public class ContactTests
{
    private const long Ms = 1_000_000;
    private const long Second = 1_000 * Ms;

    private readonly Contact _door = new(TimeSpan.FromMilliseconds(50), changesPerMinuteMax: 4);

    public ContactTests() => _door.Begin(false, 0);

    [Fact]
    public void A_change_is_told_at_its_first_edge_and_its_bounce_is_not()
    {
        Assert.True(_door.Take(true, 0));
        Assert.False(_door.Take(false, 2 * Ms));
        Assert.False(_door.Take(true, 4 * Ms));
        Assert.False(_door.Tick(50 * Ms));
        Assert.True(_door.IsActive);
    }

    [Fact]
    public void A_contact_that_comes_to_rest_at_the_other_level_is_told_when_the_debounce_is_over()
    {
        _door.Take(true, 0);
        _door.Take(false, 20 * Ms);

        Assert.Equal(50 * Ms, _door.DueNanoseconds);
        Assert.True(_door.Tick(50 * Ms));
        Assert.False(_door.IsActive);
    }

    [Fact]
    public void Chatter_is_held_back_until_a_minute_of_calm_and_then_the_level_is_told()
    {
        for (var i = 0; i < 4; i++)
        {
            Assert.True(_door.Take(i % 2 == 0, i * Second));
        }

        Assert.False(_door.Take(true, 4 * Second));
        Assert.True(_door.IsChattering);
        Assert.False(_door.Take(false, 5 * Second));
        Assert.False(_door.Take(true, 6 * Second));
        Assert.False(_door.Tick(65 * Second));

        Assert.True(_door.Tick(66 * Second));
        Assert.False(_door.IsChattering);
        Assert.True(_door.IsActive);
        Assert.Equal(2, _door.Suppressed);
    }

    [Fact]
    public void A_door_used_now_and_then_never_chatters()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.True(_door.Take(i % 2 == 0, i * 20 * Second));
        }
    }

    [Fact]
    public void One_that_should_change_now_and_then_is_stuck_when_it_does_not_until_it_does()
    {
        var lobby = new Contact(TimeSpan.Zero, changesWithin: TimeSpan.FromHours(24));
        const long Day = 86_400 * Second;
        lobby.Begin(true, 7 * Day);
        Assert.False(lobby.IsStuck(8 * Day - 1));
        Assert.True(lobby.IsStuck(8 * Day));

        lobby.Take(false, 9 * Day);
        Assert.False(lobby.IsStuck(9 * Day));
        Assert.True(lobby.IsStuck(10 * Day));
        Assert.Null(_door.IsStuck(400 * Day));
    }

    [Fact]
    public void The_level_at_the_start_is_news_once()
    {
        var door = new Contact(TimeSpan.Zero);

        Assert.True(door.Begin(true, 0));
        Assert.False(door.Begin(true, 0));
        Assert.False(door.Take(true, 0));
    }
}
