using System.Text;
using Hub.Transport.Mqtt;

namespace Hub.Testing;

/// <summary>A real Mosquitto in the place of a site's own broker, which can be killed and started again.</summary>
public sealed class SiteBroker : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly MqttClient _client;
    private RealServer _server = null!;
    private Task _running = Task.CompletedTask;

    private SiteBroker() => _client = new MqttClient(
        new MqttClientOptions
        {
            ClientId = "site",
            CleanStart = true,
            BackoffFirst = TimeSpan.FromMilliseconds(50),
            BackoffMax = TimeSpan.FromMilliseconds(200),
        },
        MqttConnector.Tcp("127.0.0.1", Port), TimeProvider.System, Random.Shared);

    public int Port { get; } = FreePorts.Next();

    public static async Task<SiteBroker> StartAsync(CancellationToken cancel)
    {
        RealServer.Find("mosquitto");
        var broker = new SiteBroker();
        await File.WriteAllTextAsync(
            broker._folder["mosquitto.conf"],
            $"listener {broker.Port} 127.0.0.1\nallow_anonymous true\npersistence false\n"
            + "max_inflight_messages 0\nmax_queued_messages 0\n",
            cancel);
        await broker.RestartAsync(cancel);
        broker._running = broker._client.RunAsync(broker._stop.Token);
        return broker;
    }

    /// <summary>kill -9: it forgets sessions, retained messages and what it owed.</summary>
    public Task KillAsync() => _server.KillAsync();

    public async Task RestartAsync(CancellationToken cancel) => _server = await RealServer.StartAsync(
        RealServer.Find("mosquitto"), Port, ["-c", _folder["mosquitto.conf"]], cancel);

    /// <summary>As a device of the site does; done when the broker has it.</summary>
    public async Task PublishAsync(string topic, string text, bool retain, CancellationToken cancel) =>
        await _client.PublishAsync(topic, Encoding.UTF8.GetBytes(text), retain, cancel);

    /// <summary>The first message that a new subscriber gets and that will do.</summary>
    public async Task<MqttMessage> ListenAsync(string filter, Func<string, bool> willDo, CancellationToken cancel)
    {
        using var stop = new CancellationTokenSource();
        var found = new TaskCompletionSource<MqttMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new MqttClient(
            new MqttClientOptions { ClientId = $"listener-{Guid.NewGuid():N}", CleanStart = true },
            MqttConnector.Tcp("127.0.0.1", Port), TimeProvider.System, Random.Shared)
        {
            OnMessage = (message, _) =>
            {
                if (willDo(Encoding.UTF8.GetString(message.Payload.Span)))
                {
                    found.TrySetResult(message);
                }

                return ValueTask.CompletedTask;
            },
        };
        var running = client.RunAsync(stop.Token);
        await client.SubscribeAsync(filter, MqttQoS.AtLeastOnce, cancel);
        try
        {
            return await found.Task.WaitAsync(TimeSpan.FromSeconds(30), cancel);
        }
        finally
        {
            await stop.CancelAsync();
            await running;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _client.Dispose();
        await _server.DisposeAsync();
        _stop.Dispose();
        _folder.Dispose();
    }
}
