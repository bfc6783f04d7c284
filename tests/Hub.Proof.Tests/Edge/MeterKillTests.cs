using System.Globalization;
using Hub.Testing;

namespace Hub.Proof.Tests.Edge;

/// <summary>
/// The goal: however often the edge's power is cut, it starts, its registers never go back, and whatever was durable is
/// at the hub, once (G3). The method: a whole edge whose meters turn, behind a line that is there half of the time, is
/// killed again and again at instants drawn from a seed, now and then in its start; after each kill its disk is read.
/// Two edges side by side.
/// </summary>
public sealed class MeterKillTests
{
    private const int Edges = 2;
    private const int LastRounds = 16;
    private const string Program = "Hub.Proof.Tests";

    private static readonly int Kills = Extent.Of("BUILDINGHUB_EDGE_KILLS", 2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Registers_never_go_back_and_what_was_durable_is_at_the_hub_once_after_every_kill_of_the_edge()
    {
        await using var hub = await TestHub.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, Edges).Select(number => KillAsync(hub, number)));
    }

    private static async Task KillAsync(TestHub hub, int number)
    {
        using var data = new TempFolder();
        using var ledgers = new TempFolder();
        await using var line = new FaultProxy(hub.MqttPort);
        var random = new Random(Extent.SeedFrom + number);
        var name = $"load-cut-{number}";
        var cellar = new Cellar(name);
        var (book, early) = (new MeterBook(cellar), 0);
        for (var life = 0; life < Kills / Edges; life++)
        {
            line.IsRefusing = random.Next(2) == 0;
            line.Reset();
            var ledger = ledgers[$"{life}"];
            var words = Words(name, data, line, ledger, int.MaxValue);
            await using var edge = random.Next(4) == 0
                ? HubProcess.Launch([], Program, words)
                : await HubProcess.StartAsync(Program, words);
            await Task.Delay(random.Next(50, 900), Cancel);
            Assert.False(edge.Process.HasExited, edge.Talk);
            await edge.KillAsync();
            book.Enter(edge, data, ledger);
            early += edge.IsReady ? 0 : 1;
        }

        line.IsRefusing = false;
        var sure = book.Kept.ToList();
        long[] ends = [.. cellar.Meters.Select(meter => book.Counts[meter.Line] + Cellar.TurnsIn(meter, LastRounds))];
        await using var last = await HubProcess.StartAsync(
            Program, Words(name, data, line, ledgers["last"], LastRounds));
        // Readings arrive in their order, and so do the doors' levels: when these are there, all before them are.
        foreach (var meter in cellar.Meters)
        {
            var end = Cellar.ValueOf(meter, ends[meter.Line]);
            var told = await Eventually.SeeAsync(
                () => hub.ReadingsAsync(meter.Device, meter.Signal, Cancel), told => told.LastOrDefault() >= end);
            Assert.Equal(end, told.LastOrDefault());
        }

        foreach (var door in cellar.Doors)
        {
            var levels = sure.Count(record => record.Device == door.Device);
            await Eventually.SeeAsync(
                () => hub.ReadingsAsync(door.Device, door.Signal, Cancel), told => told.Count >= levels);
        }

        await last.KillAsync();
        book.Enter(last, data, ledgers["last"]);
        var toll = await book.HeldAgainstAsync(hub, sure, Cancel);
        ProofTable.Write(
            "kill -9 of an edge with meters", toll, ("kills", Kills / Edges), ("of them in its start", early),
            ("records durable", book.Kept.Count), ("pulses turned", book.Turned),
            ("counted", book.Counts.Sum()), ("lost in cuts at most", book.Turned - book.Counts.Sum()));
        toll.RequireNone();
        Assert.Equal(ends, book.Counts);
    }

    private static string[] Words(string name, TempFolder data, FaultProxy line, string ledger, int rounds) =>
    [
        MeteredEdge.Command, name, data.Path, line.Port.ToString(CultureInfo.InvariantCulture), ledger,
        rounds.ToString(CultureInfo.InvariantCulture),
    ];
}
