using Hub.AllInOne;
using Hub.Testing;

namespace Hub.Proof.Tests;

public class ScaledTimeTests
{
    private readonly ManualTime _real = new();

    [Fact]
    public void Runs_as_fast_as_it_is_told_and_never_goes_back()
    {
        var time = new ScaledTime(_real);
        var start = time.GetUtcNow();

        _real.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(start.AddSeconds(2), time.GetUtcNow());

        time.RunAt(60);
        _real.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(start.AddSeconds(602), time.GetUtcNow());

        time.RunAt(1);
        _real.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(start.AddSeconds(603), time.GetUtcNow());
    }

    [Fact]
    public async Task A_delay_that_waits_already_ends_sooner_when_time_is_sped_up()
    {
        var time = new ScaledTime(_real);
        var delay = Task.Delay(TimeSpan.FromMinutes(5), time, TestContext.Current.CancellationToken);

        _real.Advance(TimeSpan.FromSeconds(1));
        Assert.False(delay.IsCompleted);

        time.RunAt(60);
        _real.Advance(TimeSpan.FromSeconds(6));
        await delay;
    }

    [Fact]
    public void A_periodic_timer_fires_on_the_scaled_raster()
    {
        var time = new ScaledTime(_real);
        time.RunAt(60);
        var fired = 0;
        using var timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

        _real.Advance(TimeSpan.FromSeconds(10.5));

        Assert.Equal(10, fired);
    }
}
