using Hub.Gateway;
using Hub.Gateway.Series;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Proof.Tests.Series;

/// <summary>A real InfluxDB that has lost everything gets it again from the history: the very same points.</summary>
public sealed class BackfillTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_lost_comes_again_as_the_same_points_and_twice_changes_nothing()
    {
        await using var influx = new InfluxServer(_folder);
        await influx.StartAsync(Cancel);
        var options = new InfluxOptions { Url = influx.Url, Api = 1 };
        await using var room = await SeriesRoom.StartAsync(_folder, options, Cancel);
        var random = new Random(7);
        for (var row = 0; row < 100; row++)
        {
            // Late ones, and several values of one instant, whose order makes their nanoseconds.
            var readings = Enumerable.Range(0, 20).Select(_ => new Reading(
                new PointNumber(random.Next(1, SeriesRoom.Points + 1)),
                Start.AddMinutes(random.Next(row + 1)).UtcTicks, Math.Sqrt(random.Next(1, 40)))).ToArray();
            await room.AppendAsync(new Entry.Readings("edge b1", "", 0, Start, readings), Cancel);
        }

        await room.ArrivedAsync(Cancel);
        var before = (await influx.AllAsync("buildinghub", Cancel)).Order().ToList();
        await influx.AskPostAsync("DROP DATABASE buildinghub", Cancel);
        using var writer = new InfluxWriter(options);
        using var backfill = new SeriesBackfill(
            room.History, new SeriesDelivery(writer, options, NullLogger<SeriesDelivery>.Instance), options,
            () => Enumerable.Range(1, SeriesRoom.Points).Select(SeriesRoom.InPoint), () => "court");
        await backfill.StartAsync(Cancel);

        foreach (var _ in new[] { "once", "twice" })
        {
            Assert.True(backfill.Begin(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
            while (backfill.Status.State != "done")
            {
                Assert.False(backfill.ExecuteTask!.IsFaulted, backfill.ExecuteTask.Exception?.ToString());
                await Task.Delay(10, Cancel);
            }

            var toll = Toll.Of(before, before, await influx.AllAsync("buildinghub", Cancel));
            ProofTable.Write("InfluxDB 1.6 from the history alone", toll, ("backfills", 1), ("readings", before.Count));
            toll.RequireNone();
            Assert.Equal((before.Count, 0), (backfill.Status.Sent, backfill.Status.Refused));
        }

        await backfill.StopAsync(Cancel);
    }
}
