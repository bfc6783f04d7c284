using System.Text;
using Hub.Gateway.Tests.Broker;
using Hub.Gateway.Tests.Journal;
using Hub.Rules.Engine;
using Hub.Testing;

namespace Hub.Gateway.Tests.Attach;

/// <summary>The hub at a broker that somebody else wrote.</summary>
public sealed class AttachLinkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reading_published_at_the_sites_broker_is_journalled_once_and_its_duplicate_is_not(bool is311)
    {
        await using var site = await SiteBroker.StartAsync(Cancel);
        await using var hub = await AttachAsync(site, is311: is311);

        await site.PublishAsync("hub/1/load-1/readings", Pack(1, 3.5), retain: false, Cancel);
        await site.PublishAsync("hub/1/load-1/readings", Pack(1, 3.5), retain: false, Cancel);
        await site.PublishAsync("hub/1/load-1/cmd", "not for the hub", retain: false, Cancel);
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Link.Counters.Committed == 2));

        Assert.Equal([3.5], await ValuesAsync(hub));
        Assert.Equal((1, 1, 2), (hub.Counters.Accepted, hub.Counters.Duplicate, hub.Link.Counters.Received));
        Assert.Equal(0, hub.Link.Counters.Waiting);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_that_the_journal_could_not_commit_and_the_next_hub_gets_it_again()
    {
        await using var site = await SiteBroker.StartAsync(Cancel);
        var disk = new ScriptedRowLog();
        await using (var hub = await AttachAsync(site, log: disk))
        {
            await site.PublishAsync("hub/1/load-1/readings", Pack(1, 1), retain: false, Cancel);
            await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Link.Counters.Committed == 1));
            disk.Hang();
            for (var i = 2; i <= 4; i++)
            {
                await site.PublishAsync("hub/1/load-1/readings", Pack(i, i), retain: false, Cancel);
            }

            await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Link.Counters.Received == 4));
            Assert.Equal((1, 3), (hub.Link.Counters.Committed, hub.Link.Counters.Waiting));

            disk.FailWith = new IOException("The disk is gone.");
            disk.Resume();
            await RunningHub.EventuallyAsync(() => Task.FromResult(hub.IsStopping));
            Assert.Equal(1, hub.Link.Counters.Committed);
        }

        await using var next = await AttachAsync(site);
        await RunningHub.EventuallyAsync(() => Task.FromResult(next.Link.Counters.Committed == 3));

        Assert.Equal([2, 3, 4], await ValuesAsync(next));
        Assert.Equal(0, next.Counters.Duplicate);
    }

    [Fact]
    public async Task After_the_sites_broker_has_forgotten_everything_the_hub_is_there_again_with_what_it_said()
    {
        await using var site = await SiteBroker.StartAsync(Cancel);
        await using var hub = await AttachAsync(site);
        await hub.Downlink.PublishAsync("hub/1/load-1/kiosk/lobby", "first"u8.ToArray(), retain: true, Cancel);
        await site.ListenAsync("hub/1/load-1/kiosk/lobby", text => text == "first", Cancel);

        await site.KillAsync();
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Link.Why is not null));
        await hub.Downlink.PublishAsync("hub/1/load-1/kiosk/hall", "while away"u8.ToArray(), retain: true, Cancel);
        await hub.Downlink.PublishAsync("hub/1/load-1/cmd", "too late"u8.ToArray(), retain: false, Cancel);
        await site.RestartAsync(Cancel);

        var kept = await site.ListenAsync("hub/1/load-1/kiosk/lobby", text => text == "first", Cancel);
        await site.ListenAsync("hub/1/load-1/kiosk/hall", text => text == "while away", Cancel);
        await UntilReadAsync(site, hub);
        Assert.Equal("hub/1/load-1/kiosk/lobby", kept.Topic);
        Assert.Equal(1, hub.Link.Counters.Dropped);

        // The link's own presence went the way of an edge's.
        var presences = (await hub.EntriesAsync()).OfType<Entry.Presence>()
            .Where(presence => presence.Source == "hub").Select(presence => presence.IsOnline);
        Assert.Equal([true, false, true], presences);
    }

    [Fact]
    public async Task Adapters_topics_are_subscribed_to_and_what_was_retained_there_is_no_news()
    {
        const string Adapters = """
            adapters:
              - { id: load-z, kind: zigbee2mqtt, topic: other }
            """;
        await using var site = await SiteBroker.StartAsync(Cancel);
        await site.PublishAsync("other/door", """{"contact":true}""", retain: true, Cancel);
        await using var hub = await AttachAsync(site, Adapters);
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Link.Counters.Stale == 1));

        await site.PublishAsync("other/door", """{"contact":false}""", retain: false, Cancel);
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Link.Counters.Committed == 1));

        Assert.Equal([1.0], await ValuesAsync(hub));
        Assert.Contains("other/#", hub.Link.Subscribed);
    }

    [Fact]
    public async Task Beside_its_own_listener_the_hub_says_the_same_on_both()
    {
        await using var site = await SiteBroker.StartAsync(Cancel);
        await using var hub = await AttachAsync(site, isOnly: false);
        using var kiosk = await WireClient.ConnectAsync(hub.Port, "load-1");
        await kiosk.PublishAsync("hub/1/load-1/readings", Pack(1, 7), 1);
        await kiosk.ReadAsync<Hub.Transport.Mqtt.MqttPacket.PubAck>();

        await hub.Downlink.PublishAsync("hub/1/load-1/kiosk/lobby", "called"u8.ToArray(), retain: true, Cancel);

        var seen = await site.ListenAsync("hub/1/load-1/kiosk/lobby", _ => true, Cancel);
        Assert.Equal("called", Encoding.UTF8.GetString(seen.Payload.Span));
        Assert.Equal(1, hub.Broker.RetainedCount);
        Assert.Equal([7.0], await ValuesAsync(hub));
    }

    [Fact]
    public async Task In_a_group_each_reading_comes_to_one_hub()
    {
        using var otherFolder = new TempFolder();
        await using var site = await SiteBroker.StartAsync(Cancel);
        await using var one = await AttachAsync(site, share: "hubs");
        await using var other = await AttachAsync(site, share: "hubs", folder: otherFolder, clientId: "hub-2");

        for (var i = 1; i <= 20; i++)
        {
            await site.PublishAsync("hub/1/load-1/readings", Pack(i, i), retain: false, Cancel);
        }

        await RunningHub.EventuallyAsync(
            () => Task.FromResult(one.Link.Counters.Committed + other.Link.Counters.Committed == 20));
        var all = (await ValuesAsync(one)).Concat(await ValuesAsync(other)).Order();
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (double)i), all);
    }

    private static string Pack(int sequence, double value) =>
        $$"""[{"ep":"e1","sq":{{sequence}},"n":"water.volume","u":"m3","v":{{value}}}]""";

    private async Task<RunningHub> AttachAsync(
        SiteBroker site, string adapters = "", ScriptedRowLog? log = null, bool isOnly = true, string? share = null,
        TempFolder? folder = null, string clientId = "hub", bool is311 = false)
    {
        var attach = new AttachOptions
        {
            Host = "127.0.0.1",
            Port = site.Port,
            ClientId = clientId,
            IsOnly = isOnly,
            Share = share,
            IsVersion311 = is311,
            BackoffMax = TimeSpan.FromMilliseconds(200),
        };
        var hub = await RunningHub.StartAsync(
            folder ?? _folder, log: log, site: adapters, with: options => options with { Attach = attach });
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Link.Subscribed.Count >= 3));
        return hub;
    }

    // A broker without a memory loses what comes before the hub has subscribed again.
    private static async Task UntilReadAsync(SiteBroker site, RunningHub hub)
    {
        var sequence = 0;
        await RunningHub.EventuallyAsync(async () =>
        {
            await site.PublishAsync("hub/1/load-1/readings", Pack(++sequence, 1), retain: false, Cancel);
            return hub.Link.Counters.Committed > 0;
        });
    }

    private static async Task<List<double>> ValuesAsync(RunningHub hub) =>
    [
        .. (await hub.EntriesAsync()).OfType<Entry.Readings>()
            .SelectMany(readings => readings.Items.ToArray()).Select(reading => reading.Value),
    ];
}
