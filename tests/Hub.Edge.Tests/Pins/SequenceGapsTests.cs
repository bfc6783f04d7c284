using Hub.Edge.Pins;

namespace Hub.Edge.Tests.Pins;

public class SequenceGapsTests
{
    private readonly SequenceGaps _gaps = new();

    [Fact]
    public void Consecutive_events_lose_nothing() =>
        Assert.Equal([0u, 0u, 0u], new[] { _gaps.Take(1), _gaps.Take(2), _gaps.Take(3) });

    [Fact]
    public void A_jump_says_how_many_are_missing()
    {
        Assert.Equal(1u, _gaps.Take(2));
        Assert.Equal(3u, _gaps.Take(6));
    }

    [Fact]
    public void The_count_goes_on_over_the_wrap_of_32_bits_and_who_starts_afresh_loses_nothing()
    {
        _gaps.Take(uint.MaxValue / 2);
        _gaps.Take(uint.MaxValue - 1);

        Assert.Equal(1u, _gaps.Take(0));
        Assert.Equal(0u, _gaps.Take(1));
        Assert.Equal(0u, _gaps.Take(1));
    }
}
