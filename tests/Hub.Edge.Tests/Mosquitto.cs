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
    private readonly RealServer _server;

    private Mosquitto(RealServer server)
    {
        _server = server;
        _client = new MqttClient(
            new MqttClientOptions { ClientId = "listener", CleanStart = true },
            MqttConnector.Tcp("127.0.0.1", server.Port), TimeProvider.System, Random.Shared)
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

    public int Port => _server.Port;

    public static async Task<Mosquitto> StartAsync(CancellationToken cancel)
    {
        var path = RealServer.Find("mosquitto");
        var port = RealServer.FreePort();
        var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder["mosquitto.conf"],
            $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\n"
            + "max_inflight_messages 0\nmax_queued_messages 0\n",
            cancel);
        var server = await RealServer.StartAsync(path, port, ["-c", folder["mosquitto.conf"]], cancel);
        folder.Dispose();
        var mosquitto = new Mosquitto(server);
        await mosquitto._client.SubscribeAsync("hub/1/#", MqttQoS.AtLeastOnce, cancel);
        return mosquitto;
    }

    public Task SendAsync(string topic, string text, bool retain, CancellationToken cancel) =>
        _client.PublishAsync(topic, Encoding.UTF8.GetBytes(text), retain, cancel);

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
        await _server.DisposeAsync();
        _stop.Dispose();
        _arrived.Dispose();
    }
}
