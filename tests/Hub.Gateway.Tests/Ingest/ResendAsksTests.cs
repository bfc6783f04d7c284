using Hub.Gateway.Ingest;

namespace Hub.Gateway.Tests.Ingest;

public class ResendAsksTests
{
    private static readonly LossGap Gap = new("edge-b1", "7", 10, 20, null, null);

    private readonly ResendAsks _asks = new(new IngestOptions { ResendTimesMax = 3, ResendWait = TimeSpan.FromMinutes(10) });

    [Fact]
    public void A_gap_that_stays_is_asked_for_less_and_less_often_and_then_no_more() => Assert.Equal(
        [0, 10, 50], Enumerable.Range(0, 2_000).Where(minute => Due(minute, Gap).Count > 0));

    [Fact]
    public void A_gap_that_shrinks_is_asked_for_at_once()
    {
        Assert.Equal([(Gap, 7L)], Due(0, Gap));
        Assert.Empty(Due(1, Gap));

        var rest = Gap with { From = 15 };

        Assert.Equal([(rest, 7L)], Due(2, rest));
    }

    [Fact]
    public void Who_is_away_is_asked_when_it_is_there_again()
    {
        Assert.Empty(_asks.Due([Gap], _ => false, TimeSpan.Zero));
        Assert.Single(Due(1, Gap));
    }

    [Fact]
    public void Who_counts_in_an_epoch_of_its_own_making_is_not_asked() =>
        Assert.Empty(Due(0, Gap with { Epoch = "set-aside/1.2" }));

    private IReadOnlyList<(LossGap Gap, long Epoch)> Due(int minute, params LossGap[] gaps) =>
        _asks.Due(gaps, _ => true, TimeSpan.FromMinutes(minute));
}
