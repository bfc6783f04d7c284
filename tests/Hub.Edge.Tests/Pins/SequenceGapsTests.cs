using Hub.Edge.Pins;

namespace Hub.Edge.Tests.Pins;

public class SequenceGapsTests
{
    [Fact]
    public void Consecutive_events_of_several_lines_lose_nothing()
    {
        var gaps = new SequenceGaps();

        Assert.Equal([0u, 0u, 0u, 0u], new[] { gaps.Take(1, 1), gaps.Take(2, 1), gaps.Take(1, 2), gaps.Take(2, 2) });
        Assert.Equal(0, gaps.Lost);
    }

    [Fact]
    public void A_jump_counts_what_is_missing()
    {
        var gaps = new SequenceGaps();
        gaps.Take(1, 1);

        Assert.Equal(3u, gaps.Take(1, 5));
        Assert.Equal(3, gaps.Lost);
    }

    [Fact]
    public void The_count_goes_on_over_the_wrap_of_32_bits_and_a_chip_that_starts_afresh_loses_nothing()
    {
        var gaps = new SequenceGaps();
        gaps.Take(1, 1);
        gaps.Take(1, uint.MaxValue / 2);
        gaps.Take(1, uint.MaxValue - 1);
        var before = gaps.Lost;

        Assert.Equal(1u, gaps.Take(1, 0));
        Assert.Equal(0u, gaps.Take(1, 1));
        Assert.Equal(0u, gaps.Take(1, 1));
        Assert.Equal(before + 1, gaps.Lost);
    }
}
