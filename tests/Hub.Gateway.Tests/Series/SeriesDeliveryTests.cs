using Hub.Gateway.Series;
using Hub.Gateway.Waiting;
using Hub.Rules.Readings;
using Hub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.Series;

public class SeriesDeliveryTests
{
    private readonly ManualTime _time = new();
    private readonly InMemoryInflux _influx = new();
    private readonly List<ParkedReading> _parked = [];
    private readonly SeriesDelivery _delivery;

    public SeriesDeliveryTests() => _delivery = new SeriesDelivery(
        _influx,
        new InfluxOptions { Url = new Uri("http://influx"), BatchReadingsMax = 100, Clock = _time },
        NullLogger<SeriesDelivery>.Instance);

    [Fact]
    public async Task Sends_everything_in_requests_of_the_allowed_size()
    {
        await DeliverAsync(Readings(250));

        Assert.Equal(250, _influx.Stored.Count);
        Assert.Equal(100, _influx.LargestRequest);
        Assert.Equal(3, _influx.Requests);
    }

    [Fact]
    public async Task Waits_while_it_is_away_and_then_brings_the_same_batch()
    {
        for (var i = 0; i < 6; i++)
        {
            _influx.Script.Enqueue(new WriteAnswer.TryAgain("connection refused"));
        }

        var delivery = DeliverAsync(Readings(10));

        Assert.Equal("connection refused", _delivery.Trouble);
        _time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(1, _influx.Requests);
        await AdvanceUntilAsync(delivery);
        Assert.Equal(10, _influx.Stored.Count);
        Assert.Null(_delivery.Trouble);
        Assert.Empty(_parked);
    }

    [Fact]
    public async Task A_bad_reading_is_parked_alone_with_its_reason_and_the_rest_goes_on()
    {
        _influx.IsBad = reading => reading.Value is 17 or 60;

        await DeliverAsync(Readings(100));

        Assert.Equal(98, _influx.Stored.Count);
        Assert.Equal([17, 60], _parked.Select(reading => reading.Value));
        Assert.All(_parked, reading => Assert.Contains("bad value", reading.Reason, StringComparison.Ordinal));
        Assert.InRange(_influx.Requests, 1, 40);
    }

    [Fact]
    public async Task Nothing_is_parked_for_being_away_in_the_middle_of_halving()
    {
        _influx.IsBad = reading => reading.Value == 3;
        _influx.Script.Enqueue(WriteAnswer.Taken);
        _influx.Script.Enqueue(new WriteAnswer.TryAgain("busy"));

        await AdvanceUntilAsync(DeliverAsync(Readings(8)));

        Assert.Equal([3], _parked.Select(reading => reading.Value));
        Assert.Equal(7, _influx.Stored.Count);
    }

    [Fact]
    public async Task Stops_waiting_when_the_hub_stops()
    {
        _influx.Script.Enqueue(new WriteAnswer.TryAgain("away"));
        using var stop = new CancellationTokenSource();
        var delivery = _delivery.DeliverAsync(Readings(1), _parked, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivery);
    }

    [Fact]
    public void The_wait_doubles_up_to_its_limit_and_starts_anew_after_a_success()
    {
        var delay = new RetryDelay(TimeSpan.FromSeconds(30), new Random(1));

        var waits = Enumerable.Range(0, 12).Select(_ => delay.Next(null).TotalSeconds).ToList();

        Assert.InRange(waits[0], 0.33, 0.5);
        Assert.InRange(waits[3], 2.6, 4);
        Assert.All(waits, wait => Assert.InRange(wait, 0.33, 30));
        Assert.InRange(waits[11], 20, 30);
        Assert.Equal(TimeSpan.FromSeconds(30), delay.Next(TimeSpan.FromDays(1)));
        delay.Reset();
        Assert.InRange(delay.Next(null).TotalSeconds, 0.33, 0.5);
    }

    private Task DeliverAsync(SeriesReading[] readings) =>
        _delivery.DeliverAsync(readings, _parked, TestContext.Current.CancellationToken);

    private async Task AdvanceUntilAsync(Task delivery)
    {
        while (!delivery.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await delivery;
    }

    private static SeriesReading[] Readings(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new SeriesReading(
            new PointNumber(1), "reading value="u8.ToArray(), Some.Morning.UtcTicks + i, 0, i)),
    ];
}
