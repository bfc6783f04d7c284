using System.Text;
using System.Threading.Channels;
using Hub.Gateway.Broker;
using Hub.Gateway.Journal;
using Hub.Transport.Messages;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Attach;

/// <summary>
/// The hub as a client of the site's own broker.
/// <code>
///  broker ═══ QoS 1 ═══► MqttClient ─► AttachIntake ─► the intake's routes ─► journal
///         ◄══ PUBACK ═══     ▲    held, in order, until ◄────────────────── commit
///         ◄═════════════ AttachDownlink ◄─ kiosk states, announcements, commands
/// </code>
/// The link is a device of the site like any other: that it is there, and that it isn't, goes the way of an edge's
/// status.
/// </summary>
internal sealed class AttachLink : BackgroundService
{
    private readonly AttachOptions _options;
    private readonly AttachCounters _counters = new();
    private readonly AttachIntake _intake;
    private readonly AttachSubscriptions _subscriptions;
    private readonly MqttClient _client;
    private readonly ILogger _logger;
    private readonly Channel<EdgeState> _presence = Channel.CreateBounded<EdgeState>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private volatile string? _why;

    public AttachLink(AttachOptions options, IIntake intake, JournalLog journal, ILogger<AttachLink> logger)
    {
        (_options, _logger) = (options, logger);
        _intake = new AttachIntake(intake, journal, options, _counters, logger);
        _subscriptions = new AttachSubscriptions(intake, options, TimeProvider.System, logger);
        Downlink = new AttachDownlink(options, _counters, logger);
        _client = new MqttClient(ToClient(options), ConnectorTo(options), TimeProvider.System, Random.Shared)
        {
            OnHeldMessage = _intake.TakeAsync,
        };
        _client.Connected += OnConnected;
        _client.Disconnected += OnDisconnected;
    }

    public AttachDownlink Downlink { get; }

    /// <summary>Messages in the journal, and so acknowledged.</summary>
    public long Acknowledged => _counters.Committed;

    public AttachStatus Status => new(
        _options.Address, _options.ClientId, _client.State.ToString(), _why, _subscriptions.Granted,
        _subscriptions.Refused, _counters);

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task[] loops =
        [
            _client.RunAsync(ending.Token), _subscriptions.RunAsync(_client, ending.Token),
            Downlink.RunAsync(_client, ending.Token), ReportAsync(ending.Token),
        ];
        await Task.WhenAny(loops);
        await ending.CancelAsync();
        await Task.WhenAll(loops);
    }

    private void OnConnected(MqttConnected connected)
    {
        _why = null;
        _intake.Begin();
        Downlink.Connected(connected.SessionPresent);
        _presence.Writer.TryWrite(EdgeState.Online);
        AttachMessages.Connected(
            _logger, _options.Address, _options.ClientId, connected.SessionPresent ? "still there" : "new");
    }

    private void OnDisconnected(MqttDisconnected ended)
    {
        _why = ended.Sentence;
        Downlink.Disconnected();
        if (ended.Kind != MqttDisconnectKind.Stopped)
        {
            _presence.Writer.TryWrite(EdgeState.Offline);
            AttachMessages.Disconnected(_logger, _options.Address, ended.Sentence);
        }
    }

    private async Task ReportAsync(CancellationToken stopping)
    {
        var topic = Topics.Status(_options.ClientId);
        EdgeState? told = null;
        try
        {
            await foreach (var state in _presence.Reader.ReadAllAsync(stopping))
            {
                if (state != told)
                {
                    told = state;
                    await _intake.TellAsync(topic, new EdgeStatusMessage(state).ToJson(), stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // A hub that stops has no news of its links.
        }
    }

    private static MqttClientOptions ToClient(AttachOptions options) => new()
    {
        ClientId = options.ClientId,
        Version = options.IsVersion311 ? MqttVersion.V311 : MqttVersion.V500,
        UserName = options.User,
        // The cast keeps "none" from becoming an empty one: a null array converts to empty memory.
        Password = options.Password is { } password
            ? (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(password)
            : null,
        SessionExpiry = options.SessionExpiry,
        KeepAlive = TimeSpan.FromSeconds(30),
        ReceiveMax = options.ReceiveMax,
        PacketBytesMax = options.PacketBytesMax,
        BackoffMax = options.BackoffMax,
    };

    private static Func<CancellationToken, Task<Stream>> ConnectorTo(AttachOptions options) => options.IsTls
        ? MqttConnector.Tls(options.Host, options.Port, options.AuthorityFile)
        : MqttConnector.Tcp(options.Host, options.Port);
}
