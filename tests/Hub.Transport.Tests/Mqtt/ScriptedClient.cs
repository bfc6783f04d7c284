using System.Collections.Concurrent;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Transport.Tests.Mqtt;

/// <summary>A client and a broker that does what a test says, on time that stands still.</summary>
public abstract class ScriptedClient : IAsyncDisposable
{
    protected static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ManualTime Time { get; } = new();

    protected ScriptedBroker Broker { get; } = new(MqttVersion.V500);

    protected CancellationTokenSource Stopping { get; } = new();

    protected ConcurrentQueue<MqttDisconnected> Ends { get; } = new();

    protected MqttClient Client { get; private set; } = null!;

    protected Task Running { get; set; } = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Stopping.CancelAsync();
        await Running;
        Client.Dispose();
        Stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    protected void Start(
        Func<MqttClientOptions, MqttClientOptions>? change = null,
        Func<MqttMessage, CancellationToken, ValueTask>? handler = null,
        MqttMessage? birth = null,
        Func<MqttMessage, CancellationToken, ValueTask<Task>>? held = null)
    {
        var options = new MqttClientOptions { ClientId = "gate-7" };
        Client = new MqttClient(change?.Invoke(options) ?? options, Broker.ConnectAsync, Time, new Random(1))
        {
            OnMessage = handler,
            OnHeldMessage = held,
            Birth = birth,
        };
        Client.Disconnected += Ends.Enqueue;
        Running = Client.RunAsync(Stopping.Token);
    }

    protected List<Task<MqttPublishResult>> Publish(int count) => Enumerable.Range(0, count)
        .Select(i => Client.PublishAsync($"t/{i}", new byte[] { (byte)i }, retain: false, Cancel))
        .ToList();

    protected static async Task<List<MqttPacket.Publish>> ReceivePublishesAsync(ScriptedLink link, int count)
    {
        var publishes = new List<MqttPacket.Publish>();
        for (var i = 0; i < count; i++)
        {
            publishes.Add(await link.ReceiveAsync<MqttPacket.Publish>(Cancel));
        }

        return publishes;
    }

    protected async Task<ScriptedLink> AcceptAgainAsync(bool sessionPresent, MqttProperties? properties = null)
    {
        var accepting = Broker.AcceptAsync(Cancel, sessionPresent, properties);
        await Time.AdvanceUntilAsync(accepting, Step);
        return await accepting;
    }

    // The answer to a message that it is sent now stands behind everything that it had to send before.
    protected static async Task AssertSendsNothingMoreAsync(ScriptedLink link)
    {
        for (ushort id = 60_000; id < 60_003; id++)
        {
            await link.SendAsync(
                new MqttPacket.Publish("probe", default) { QoS = MqttQoS.AtLeastOnce, PacketId = id }, Cancel);
            Assert.Equal(id, (await link.ReceiveAsync<MqttPacket.PubAck>(Cancel)).PacketId);
        }
    }
}
