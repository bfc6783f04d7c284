using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Hub.Transport.Messages;
using Hub.Transport.Mqtt;

namespace Hub.Proof.Tests;

/// <summary>
/// One device that counts upwards at QoS 1, a window at a time, and writes down what was acknowledged: the ledger. It
/// reconnects and sends again what wasn't, as an edge does.
/// </summary>
internal sealed class LoadClient(int port, string edge) : IAsyncDisposable
{
    private const int WindowMax = 50;

    private readonly CancellationTokenSource _stop = new();
    private readonly MqttClient _client = new(
        new MqttClientOptions
        {
            ClientId = edge,
            WindowMax = WindowMax,
            BackoffFirst = TimeSpan.FromMilliseconds(50),
            BackoffMax = TimeSpan.FromMilliseconds(200),
        },
        MqttConnector.Tcp("127.0.0.1", port),
        TimeProvider.System,
        new Random(1));

    private Task _running = Task.CompletedTask;
    private long _sequence;

    /// <summary>The values that were acknowledged.</summary>
    public ConcurrentBag<long> Acknowledged { get; } = [];

    public string Edge => edge;

    public void Start() => _running = _client.RunAsync(_stop.Token);

    /// <summary>
    /// Publishes readings with the window full until told otherwise, and waits for the last acknowledgement. At most
    /// 2,500 a second: a restart has to follow the whole journal again, and that isn't what is tested.
    /// </summary>
    public async Task LoadAsync(CancellationToken until)
    {
        var flying = new Queue<Task>();
        while (!until.IsCancellationRequested)
        {
            if (flying.Count == WindowMax)
            {
                await flying.Dequeue();
            }

            flying.Enqueue(PublishAsync(++_sequence));
            if (_sequence % 250 == 0)
            {
                await Task.Delay(100, CancellationToken.None);
            }
        }

        await Task.WhenAll(flying);
    }

    /// <summary>The ledger against what the hub gives out.</summary>
    public async Task<Toll> HeldAgainstAsync(TestHub hub, CancellationToken cancel)
    {
        var kept = await hub.ReadingsAsync(edge, "load.count", cancel);
        return Toll.Of(Acknowledged, Acknowledged, [.. kept.Select(value => (long)value)]);
    }

    /// <summary>A press with its own id; completes when it is acknowledged.</summary>
    public async Task PressAsync(CancellationToken cancel)
    {
        var pack = $$"""[{"bn":"{{edge}}/","bt":{{Now()}},"ep":"p","sq":1,"n":"button.press","v":1,"id":"press-{{edge}}"}]""";
        await AcknowledgedAsync(Topics.Events(edge), pack, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task PublishAsync(long value)
    {
        var pack = $$"""[{"bn":"{{edge}}/","bt":{{Now()}},"ep":"e1","sq":{{value}},"n":"load.count","v":{{value}}}]""";
        await AcknowledgedAsync(Topics.Readings(edge), pack, _stop.Token);
        Acknowledged.Add(value);
    }

    private async Task AcknowledgedAsync(string topic, string pack, CancellationToken cancel)
    {
        var answer = await _client.PublishAsync(topic, Encoding.UTF8.GetBytes(pack), retain: false, cancel);
        Assert.True(answer.IsAccepted, $"{topic}: {answer}");
    }

    private static string Now() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds
        .ToString("F6", CultureInfo.InvariantCulture);
}
