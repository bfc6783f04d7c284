using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Edge;
using Hub.Edge.Kiosk;
using Hub.Edge.Outbox;
using Hub.Edge.Setup;
using Hub.Gateway.Ingest;
using Hub.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Proof.Tests.Edge;

/// <summary>
/// The goal: a resident gets a butler, once, from an edge whose disk takes nothing, and the screen says so only when
/// the hub has it. The method: a real edge whose outbox can't be opened, a whole hub in this process, and a line
/// between them that loses acknowledgements.
/// </summary>
public sealed class RefusedDiskTests : IDisposable
{
    private const string Lobby = "lobby";

    private readonly HubInProcess _hubs = new();
    private readonly ConcurrentQueue<EdgeRecord> _recorded = new();
    private HttpClient _http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Outbox => _hubs["edge/events.db"];

    public void Dispose()
    {
        _http.Dispose();
        _hubs.Dispose();
    }

    [Fact]
    public async Task A_press_past_a_disk_that_takes_nothing_is_one_order_also_when_it_comes_again_on_every_way()
    {
        var hub = await _hubs.StartAsync("hub", _ => { });
        _http = new HttpClient { BaseAddress = new Uri(hub.Urls.First()) };
        await using var line = new FaultProxy(_hubs.Port);
        Directory.CreateDirectory(_hubs["edge"]);
        File.CreateSymbolicLink(Outbox, _hubs["edge"]); // No database can be opened in the place of a folder.
        await using var edge = NewEdge(line.Port);
        await edge.StartAsync(Cancel);
        await SeeAsync(() => edge.IsConnected);

        // The hub has it, and its acknowledgement is lost: the client sends it again.
        line.Hold(up: false, down: true);
        edge.Report(Lobby, EdgeSignals.Press, 1, TimeProvider.System.GetUtcNow());
        Assert.Equal(0, await RepeatsAsync(0));
        Assert.Equal((KioskFace.Calling, true), (edge.KioskView.Face, edge.KioskView.IsUndecided));
        line.Reset();
        line.Release();
        await SeeAsync(() => edge.KioskView is { Face: KioskFace.Calling, IsUndecided: false, HasUnsent: false });
        var press = Assert.Single(_recorded, record => record.Signal == EdgeSignals.Press);

        // A door's change goes the same way while there is one, and waits for the disk while there is none.
        edge.Report("door", "door.open", 1, TimeProvider.System.GetUtcNow());
        Assert.Equal([1], await DoorAsync(1));
        edge.Cut();
        await SeeAsync(() => !edge.IsConnected);
        edge.Report("door", "door.open", 0, TimeProvider.System.GetUtcNow());
        edge.Mend();

        // The commit that had failed is on the disk all the same, as the disk tells when it can be read again.
        using (var lane = OutboxLane.Open(_hubs["edge/aside.db"], new LaneOptions(), Stamp))
        {
            lane.Append([press], default);
        }

        Assert.False(File.Exists(_hubs["edge/aside.db-wal"])); // All of it is in the one file.
        File.Move(_hubs["edge/aside.db"], Outbox, overwrite: true); // At once, or the edge begins a new one.
        await SeeAsync(() => edge.Fault is null && edge.Backlog == 0);

        // The next one is recorded as ever, and the hub has counted the first one once.
        edge.Report(Lobby, EdgeSignals.Press, 1, TimeProvider.System.GetUtcNow());
        Assert.Equal(1, await RepeatsAsync(1));
        Assert.Equal([1, 0], await DoorAsync(2));
        Assert.Equal(2, _recorded.Count(record => record.Signal == EdgeSignals.Press));
        Assert.Empty(hub.Services.GetRequiredService<LossLedger>().Gaps());
        await edge.StopAsync(Cancel);
        await HubInProcess.StopAsync(hub);
    }

    private static ClockStamp Stamp() => new(ClockQuality.Synced, Guid.Empty, 0);

    private static async Task SeeAsync(Func<bool> holds) =>
        Assert.True(await Eventually.SeeAsync(() => Task.FromResult(holds()), it => it));

    /// <summary>Of the only order there is, when there have been so many.</summary>
    private async Task<int> RepeatsAsync(int wanted)
    {
        var orders = await Eventually.SeeAsync(
            async () => (await _http.GetFromJsonAsync<JsonElement>("api/v1/orders?state=all", Cancel))
                .GetProperty("items").EnumerateArray()
                .Select(order => order.GetProperty("repeats").GetInt32()).ToList(),
            repeats => repeats.Sum() >= wanted && repeats.Count > 0);
        return Assert.Single(orders);
    }

    private Task<List<double>> DoorAsync(int wanted) => Eventually.SeeAsync(
        async () =>
        {
            using var answer = await _http.GetAsync("api/v1/readings?device=edge-b1/door&signal=door.open", Cancel);
            return !answer.IsSuccessStatusCode ? [] : (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel))
                .GetProperty("items").EnumerateArray().Select(item => item.GetProperty("value").GetDouble()).ToList();
        },
        values => values.Count >= wanted);

    private EdgeHost NewEdge(int port)
    {
        var edge = new EdgeHost(new EdgeOptions
        {
            Edge = "edge-b1",
            DataFolder = _hubs["edge"],
            Hub = new HubEndpoint { Port = port, ReconnectWaitMax = TimeSpan.FromMilliseconds(50) },
            Intervals = new EdgeIntervals { Commit = TimeSpan.FromMilliseconds(20), Health = TimeSpan.FromHours(1) },
            Kiosk = new KioskOptions
            {
                Device = Lobby,
                Timings = new KioskTimings { UnsentAfter = TimeSpan.FromMinutes(2) }, // However slow this machine is.
            },
            IsClockTrusted = true,
        });
        edge.Recorded += _recorded.Enqueue;
        return edge;
    }
}
