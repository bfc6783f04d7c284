using System.Collections.Concurrent;
using System.Text;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Edge.Tests;

/// <summary>A real Mosquitto, and a listener on it that keeps every message in order of arrival.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly MqttClient _client;
    private readonly Task _listening;
    private readonly SiteBroker _broker;

    private Mosquitto(SiteBroker broker)
    {
        _broker = broker;
        _client = new MqttClient(
            new MqttClientOptions { ClientId = "listener", CleanStart = true },
            MqttConnector.Tcp("127.0.0.1", broker.Port), TimeProvider.System, Random.Shared)
        {
            OnMessage = (message, _) =>
            {
                Messages.Enqueue((message.Topic, message.Payload.ToArray()));
                _arrived.Release();
                return ValueTask.CompletedTask;
            },
        };
        _listening = _client.RunAsync(_stop.Token);
    }

    public ConcurrentQueue<(string Topic, byte[] Payload)> Messages { get; } = new();

    public int Port => _broker.Port;

    public static async Task<Mosquitto> StartAsync(CancellationToken cancel)
    {
        var mosquitto = new Mosquitto(await SiteBroker.StartAsync(cancel));
        await mosquitto._client.SubscribeAsync("hub/1/#", MqttQoS.AtLeastOnce, cancel);
        return mosquitto;
    }

    public Task SendAsync(string topic, string text, bool retain, CancellationToken cancel) =>
        _broker.PublishAsync(topic, text, retain, cancel);

    /// <summary>What the broker tells whoever subscribes to that topic now.</summary>
    public async Task<ReadOnlyMemory<byte>> RetainedAsync(string topic, CancellationToken cancel)
    {
        var message = await _broker.ListenAsync(topic, _ => true, cancel);
        Assert.True(message.Retain);
        return message.Payload;
    }

    /// <summary>Waits until what has arrived is enough.</summary>
    public async Task UntilAsync(Func<bool> isEnough, CancellationToken cancel)
    {
        while (!isEnough())
        {
            Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30), cancel),
                "What was waited for did not arrive.");
        }
    }

    public IEnumerable<string> Texts(string topic) =>
        Messages.Where(message => message.Topic == topic).Select(message => Encoding.UTF8.GetString(message.Payload));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        _client.Dispose();
        await _broker.DisposeAsync();
        _stop.Dispose();
        _arrived.Dispose();
    }
}
