using Hub.Edge.Sensing;

namespace Hub.Edge.Tests.Sensing;

public class ButtonTests
{
    private const long Ms = 1_000_000;

    private readonly Button _button = new();

    [Fact]
    public void A_press_counts_when_the_finger_comes_and_once()
    {
        Assert.Equal(ButtonPress.First, _button.Take(true, 0));
        Assert.Equal(ButtonPress.None, _button.Take(false, 200 * Ms));
    }

    [Fact]
    public void Bounce_within_50_ms_is_the_same_press()
    {
        Assert.Equal(ButtonPress.First, _button.Take(true, 0));
        for (var i = 1; i < 10; i++)
        {
            Assert.Equal(ButtonPress.None, _button.Take(i % 2 == 0, i * 5 * Ms));
        }
    }

    [Fact]
    public void A_second_press_within_a_minute_is_a_repeat_and_after_it_a_new_one()
    {
        _button.Take(true, 0);
        _button.Take(false, 100 * Ms);

        Assert.Equal(ButtonPress.Repeat, _button.Take(true, 5_000 * Ms));
        _button.Take(false, 5_100 * Ms);
        Assert.Equal(ButtonPress.First, _button.Take(true, 70_000 * Ms));
    }

    [Fact]
    public void A_button_that_is_held_is_one_press()
    {
        _button.Take(true, 0);

        Assert.Equal(ButtonPress.None, _button.Take(true, 30_000 * Ms));
    }
}
