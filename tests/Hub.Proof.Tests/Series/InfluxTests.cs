using Hub.Gateway;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Testing;

namespace Hub.Proof.Tests.Series;

/// <summary>
/// Every journalled reading is in a real InfluxDB once, with its exact value, whatever happens to InfluxDB meanwhile.
/// </summary>
public sealed class InfluxTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly List<(string Device, long Ticks, double Value)> _journalled = [];
    private readonly Random _random = new(20260105);
    private int _minute;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_reading_arrives_with_its_exact_value_and_time()
    {
        await using var influx = new InfluxServer(_folder);
        await influx.StartAsync(Cancel);
        await using var room = await SeriesRoom.StartAsync(_folder, Options(influx.Url), Cancel);

        await JournalAsync(room, rows: 200);
        await room.ArrivedAsync(Cancel);

        await HasEverythingOnceAsync(influx);
    }

    [Fact]
    public async Task Away_killed_and_back_costs_no_reading_and_doubles_none()
    {
        await using var influx = new InfluxServer(_folder);
        await influx.StartAsync(Cancel);
        await using (var room = await SeriesRoom.StartAsync(_folder, Options(influx.Url), Cancel))
        {
            await JournalAsync(room, rows: 50);
            await room.ArrivedAsync(Cancel);

            // kill -9 while readings flow; more come while it is away.
            var flowing = JournalAsync(room, rows: 150);
            await Task.Delay(30, Cancel);
            await influx.KillAsync();
            await flowing;
            await JournalAsync(room, rows: 50);
            while (room.Delivery.Trouble is null)
            {
                await Task.Delay(20, Cancel);
            }

            await influx.StartAsync(Cancel);
            await room.ArrivedAsync(Cancel);
            Assert.Null(room.Delivery.Trouble);

            // The hub stops in the middle of the next ones.
            await JournalAsync(room, rows: 50);
        }

        await using (var again = await SeriesRoom.StartAsync(_folder, Options(influx.Url), Cancel))
        {
            await again.ArrivedAsync(Cancel);
        }

        await HasEverythingOnceAsync(influx);
    }

    [Fact]
    public async Task A_reading_that_it_refuses_is_parked_and_the_others_arrive()
    {
        await using var influx = new InfluxServer(_folder);
        await influx.StartAsync(Cancel);
        await influx.AskPostAsync("CREATE DATABASE buildinghub WITH DURATION 520w REPLICATION 1", Cancel);
        await using var room = await SeriesRoom.StartAsync(_folder, Options(influx.Url), Cancel);

        // Older than the database keeps: refused with 400, together with the batch it is in.
        var longAgo = DateTime.UnixEpoch.AddYears(20).Ticks;
        await room.AppendAsync(Pack([new Reading(new PointNumber(1), longAgo, 4)]), Cancel);
        await JournalAsync(room, rows: 20);
        await room.ArrivedAsync(Cancel);

        var (parked, _) = room.Ledger.Parked(10);
        Assert.Equal(4, Assert.Single(parked).Value);
        Assert.Contains("400", parked[0].Reason, StringComparison.Ordinal);
        await HasEverythingOnceAsync(influx);
    }

    private static InfluxOptions Options(Uri url) => new()
    {
        Url = url,
        Api = 1,
        BatchReadingsMax = 150,
        BatchDelay = TimeSpan.FromMilliseconds(20),
        RetryDelayMax = TimeSpan.FromSeconds(1),
    };

    private static Entry.Readings Pack(Reading[] readings) => new("edge b1", "", 0, Start, readings);

    /// <summary>Rows with late readings, several values of one instant, and values sent twice.</summary>
    private async Task JournalAsync(SeriesRoom room, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            _minute++;
            var readings = new Reading[20];
            for (var i = 0; i < readings.Length; i++)
            {
                var minute = _random.Next(4) == 0 ? _random.Next(_minute + 1) : _minute;
                var at = Start.AddMinutes(minute).AddTicks(_random.Next(3));
                var point = new PointNumber(_random.Next(1, SeriesRoom.Points + 1));
                readings[i] = new Reading(point, at.UtcTicks, Math.Sqrt(_random.Next(1, 40)));
                _journalled.Add(($"edge b1/w-{readings[i].Point}", at.UtcTicks, readings[i].Value));
            }

            await room.AppendAsync(Pack(readings), Cancel);
        }
    }

    private async Task HasEverythingOnceAsync(InfluxServer influx)
    {
        var held = await influx.AllAsync("buildinghub", Cancel);

        Assert.All(held, point => Assert.Equal(Signal.WaterVolume, point.Signal));
        var expected = _journalled.Distinct().ToList();
        var toll = Toll.Of(
            expected, expected,
            [.. held.Select(point => (point.Device, (point.Nanoseconds / 100) + DateTime.UnixEpoch.Ticks, point.Value))]);
        ProofTable.Write(
            "InfluxDB 1.6 (v1 API): away, killed, refusing", toll, ("runs", 1), ("readings", expected.Count));
        toll.RequireNone();
    }
}
