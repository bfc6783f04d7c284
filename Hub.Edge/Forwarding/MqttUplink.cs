using System.Security.Cryptography.X509Certificates;
using System.Text;
using Hub.Edge.Setup;
using Hub.Transport.Messages;
using Hub.Transport.Mqtt;

namespace Hub.Edge.Forwarding;

/// <summary>The MQTT client as the edge's uplink: it can be cut, as a caretaker's spade would.</summary>
public sealed class MqttUplink : IUplink, IDisposable
{
    private readonly Lock _gate = new();
    private readonly MqttClient _client;
    private readonly Func<CancellationToken, Task<Stream>> _connector;
    private TaskCompletionSource _changed = NewSignal();
    private Stream? _stream;
    private volatile bool _isCut;

    /// <param name="connector">Makes the stream to the hub; null for TCP or TLS as the options say.</param>
    /// <param name="resolve">Finds the hub's addresses; null asks the operating system.</param>
    public MqttUplink(
        string edge, HubEndpoint hub, int window, TimeProvider pace, Func<CancellationToken, Task<Stream>>? connector,
        ResolveHost? resolve = null)
    {
        _connector = connector ?? ConnectorTo(hub, resolve);
        _client = new MqttClient(
            new MqttClientOptions
            {
                ClientId = edge,
                UserName = hub.User,
                // A null array would become an empty password, which 3.1.1 doesn't allow without a user.
                Password = hub.Password is { } password ? new(Encoding.UTF8.GetBytes(password)) : null,
                WindowMax = window,
                BackoffMax = hub.ReconnectWaitMax,
                KeepAlive = TimeSpan.FromSeconds(30),
                Will = new MqttWill(
                    Topics.Status(edge), new EdgeStatusMessage(EdgeState.Offline).ToJson(), Retain: true),
            },
            ConnectAsync, pace, Random.Shared);
        _client.Connected += _ => Changed(null);
        _client.Disconnected += ended => Changed(ended.Sentence);
    }

    /// <summary>True when the hub can be reached, false with the reason when not any more.</summary>
    public event Action<bool, string?>? Linked;

    public bool IsConnected => _client.State == MqttClientState.Connected;

    public bool IsCut => _isCut;

    public void SetBirth(string topic, byte[] payload) =>
        _client.Birth = new MqttMessage(topic, payload) { Retain = true };

    public void OnMessage(Func<string, ReadOnlyMemory<byte>, CancellationToken, ValueTask> handle) =>
        _client.OnMessage = (message, cancel) => handle(message.Topic, message.Payload, cancel);

    public Task WhenChanged()
    {
        lock (_gate)
        {
            return _changed.Task;
        }
    }

    public async Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        var result = await _client.PublishAsync(topic, payload, retain, cancel);
        if (!result.IsAccepted)
        {
            throw new UplinkRefusedException(
                result.Sentence ?? $"The hub refused a message on {topic}: {result.Reason}.", IsForGood(result.Reason));
        }
    }

    public async Task SubscribeAsync(IReadOnlyList<string> topics, CancellationToken cancel)
    {
        var reasons = await _client.SubscribeAsync(
            [.. topics.Select(topic => new MqttSubscription(topic, MqttQoS.AtLeastOnce))], cancel);
        var refused = topics.Zip(reasons).Where(answer => (byte)answer.Second >= 0x80).ToArray();
        if (refused.Length > 0)
        {
            var named = refused.Select(answer => $"{answer.First} ({answer.Second})");
            throw new UplinkRefusedException($"The hub refused to tell {string.Join(", ", named)}.");
        }
    }

    public Task RunAsync(CancellationToken stopping) => _client.RunAsync(stopping);

    /// <summary>Cuts the line: what is open breaks, and nothing gets through until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        Stream? stream;
        lock (_gate)
        {
            _isCut = true;
            stream = _stream;
        }

        stream?.Dispose();
    }

    public void Mend() => _isCut = false;

    public void Dispose() => _client.Dispose();

    /// <summary>Sent again, these would be refused again; anything else is worth another try.</summary>
    private static bool IsForGood(MqttReason reason) =>
        reason is MqttReason.PayloadFormatInvalid or MqttReason.PacketTooLarge
        or MqttReason.TopicNameInvalid or MqttReason.MalformedPacket;

    private static Func<CancellationToken, Task<Stream>> ConnectorTo(HubEndpoint hub, ResolveHost? resolve) => hub.IsTls
        ? MqttConnector.Tls(hub.Host, hub.Port, hub.AuthorityFile, hub.CertificateFile is { } file
            ? X509Certificate2.CreateFromPemFile(file, hub.KeyFile)
            : null, resolve)
        : MqttConnector.Tcp(hub.Host, hub.Port, resolve);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<Stream> ConnectAsync(CancellationToken cancel)
    {
        const string CutNow = "The uplink is cut.";
        if (_isCut)
        {
            throw new IOException(CutNow);
        }

        var stream = await _connector(cancel);
        lock (_gate)
        {
            _stream = stream;
            if (!_isCut)
            {
                return stream;
            }
        }

        await stream.DisposeAsync();
        throw new IOException(CutNow);
    }

    private void Changed(string? why)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.TrySetResult();
        Linked?.Invoke(why is null, why);
    }
}
