using Hub.Gateway.Series;

namespace Hub.Gateway.Tests.Series;

public class RequestPaceTests
{
    private readonly RequestPace _pace = new(20_000, TimeSpan.FromMilliseconds(500));

    [Fact]
    public void Grows_while_full_requests_are_quick_up_to_its_limit()
    {
        for (var i = 0; i < 5; i++)
        {
            _pace.Took(_pace.Readings, TimeSpan.FromMilliseconds(50));
        }

        Assert.Equal(20_000, _pace.Readings);
    }

    [Fact]
    public void A_small_request_that_is_quick_says_nothing()
    {
        _pace.Took(10, TimeSpan.FromMilliseconds(1));

        Assert.Equal(5_000, _pace.Readings);
    }

    [Fact]
    public void Shrinks_when_a_request_is_slow_or_fails_and_never_to_nothing()
    {
        _pace.Took(10, TimeSpan.FromMilliseconds(600));
        Assert.Equal(2_500, _pace.Readings);

        for (var i = 0; i < 20; i++)
        {
            _pace.Failed();
        }

        Assert.Equal(100, _pace.Readings);
    }
}
