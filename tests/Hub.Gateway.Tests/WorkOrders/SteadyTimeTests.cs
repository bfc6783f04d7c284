using Hub.Gateway.Live;
using Hub.Gateway.WorkOrders;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>The goal: what is done to the wall clock moves no promise by more than half a minute in five.</summary>
public sealed class SteadyTimeTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly DeskRoom _room = new();
    private readonly SetClock _wall;
    private readonly SteadyTime _steady;
    private readonly OrderDesk _desk;
    private TimeSpan _slept;

    public SteadyTimeTests()
    {
        _wall = new SetClock(_room.Time);
        var start = _room.Time.GetUtcNow();
        _steady = new SteadyTime(_wall, () => _room.Time.GetUtcNow() - start + _slept, NullLogger.Instance);
        _desk = new OrderDesk(_room, new LiveFeed(), _steady, _room.Premises, OrderPolicy.Standard);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _desk.Dispose();
        _room.Dispose();
    }

    [Theory]
    [InlineData(6, 0)]
    [InlineData(-6, 0)]
    [InlineData(6, 60)]
    [InlineData(-6, 60)]
    [InlineData(24 * 365, 90)]
    public async Task A_jump_of_the_wall_clock_neither_fires_a_breach_nor_puts_it_off(int hours, int backAfterSeconds)
    {
        await PassAsync(TimeSpan.FromMinutes(20));
        await PressAsync();
        await PassAsync(TimeSpan.FromMinutes(1));

        _wall.Set += TimeSpan.FromHours(hours);
        await PassAsync(TimeSpan.FromSeconds(backAfterSeconds));
        _wall.Set -= TimeSpan.FromHours(backAfterSeconds > 0 ? hours : 0);
        await PassAsync(TimeSpan.FromSeconds(239 - backAfterSeconds));
        Assert.Null(await BreachAsync());
        await PassAsync(2 * Second);

        Assert.Equal(Some.At(25), (await BreachAsync())?.At);
    }

    [Fact]
    public async Task Back_where_it_was_the_wall_clock_is_followed_again_to_the_tick()
    {
        await PassAsync(TimeSpan.FromMinutes(20));
        _wall.Set = TimeSpan.FromHours(6);
        await PassAsync(TimeSpan.FromMinutes(5));
        _wall.Set = TimeSpan.FromSeconds(-1);
        await PassAsync(Second);

        Assert.Equal(_wall.GetUtcNow(), _steady.GetUtcNow());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_jump_that_stays_is_believed_and_followed_at_a_tenth_of_the_time(int hours)
    {
        await PassAsync(TimeSpan.FromMinutes(20));
        _wall.Set = TimeSpan.FromHours(hours);
        await PassAsync(TimeSpan.FromMinutes(15));
        var behind = _wall.GetUtcNow() - _steady.GetUtcNow();
        var from = _steady.GetUtcNow();
        await PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(TimeSpan.FromHours(hours), behind);
        var followed = TimeSpan.FromSeconds(300 + (30 * hours));
        Assert.InRange(_steady.GetUtcNow() - from, followed - Second, followed + Second);
        await PassAsync(TimeSpan.FromHours(10), TimeSpan.FromMinutes(1));
        Assert.Equal(_wall.GetUtcNow(), _steady.GetUtcNow());
    }

    [Fact]
    public async Task A_clock_that_is_set_just_after_the_start_is_believed_at_once_and_a_slow_one_always()
    {
        await PassAsync(TimeSpan.FromMinutes(1));
        _wall.Set = TimeSpan.FromHours(3);
        Assert.Equal(_wall.GetUtcNow(), _steady.GetUtcNow());
        for (var i = 0; i < 100; i++)
        {
            _wall.Set += Second;
            await PassAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(_wall.GetUtcNow(), _steady.GetUtcNow());
        }
    }

    [Fact]
    public async Task While_the_machine_sleeps_promises_go_on()
    {
        await PassAsync(TimeSpan.FromMinutes(20));
        await PressAsync();

        (_slept, _wall.Set) = (TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));
        await _desk.ElapseAsync(Cancel);

        Assert.Equal(Some.At(25), (await BreachAsync())?.At);
        Assert.Equal(_wall.GetUtcNow(), _steady.GetUtcNow());
    }

    private Task PressAsync() =>
        _desk.HandleAsync([Some.Press("p1", _steady.GetUtcNow())], new LogPosition(1), Cancel);

    private async Task PassAsync(TimeSpan span, TimeSpan? step = null)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += step ?? Second)
        {
            _room.Time.Advance(step ?? Second);
            _ = _steady.GetUtcNow();
        }

        await _desk.ElapseAsync(Cancel);
    }

    private async Task<OrderEvent.Breached?> BreachAsync() =>
        (await _desk.HistoryAsync(1, Cancel)).OfType<OrderEvent.Breached>().SingleOrDefault();

    /// <summary>A wall clock that somebody sets.</summary>
    private sealed class SetClock(ManualTime time) : TimeProvider
    {
        public TimeSpan Set { get; set; }

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Set;
    }
}
