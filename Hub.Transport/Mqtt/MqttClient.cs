using System.Buffers;

namespace Hub.Transport.Mqtt;

/// <summary>
/// An MQTT client that stays connected: it reconnects, resumes its session, resends what was not acknowledged, and asks
/// again for its subscriptions where the server forgot them. <see cref="RunAsync"/> owns every loop.
/// <code>
///  Stopped ──RunAsync──► Connecting ──CONNACK──► Connected
///                          ▲     │ no            │ lost, silent, refused
///                          │     ▼               ▼
///                          └──── Waiting (backoff with full jitter)
/// </code>
/// </summary>
public sealed partial class MqttClient : IDisposable
{
    private readonly MqttClientOptions _options;
    private readonly Func<CancellationToken, Task<Stream>> _connector;
    private readonly TimeProvider _time;
    private readonly ClientSession _session;
    private readonly Backoff _backoff;
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim _requestSlot = new(1);
    private volatile MqttClientState _state;
    private bool _wasConnected;

    /// <param name="options">How.</param>
    /// <param name="connector">Makes the stream: <see cref="MqttConnector"/>, or a test's own.</param>
    /// <param name="time">For keep-alive, time-outs and backoff.</param>
    /// <param name="random">For the backoff's jitter.</param>
    public MqttClient(
        MqttClientOptions options, Func<CancellationToken, Task<Stream>> connector, TimeProvider time, Random random)
    {
        options.Check();
        (_options, _connector, _time) = (options, connector, time);
        _session = new ClientSession(options);
        _backoff = new Backoff(options.BackoffFirst, options.BackoffMax, random);
        _slots = new SemaphoreSlim(options.QueueMax);
    }

    public event Action<MqttConnected>? Connected;

    /// <summary>Also after each attempt that failed.</summary>
    public event Action<MqttDisconnected>? Disconnected;

    /// <summary>
    /// Takes the inbound messages, one after the other; QoS 1 is acknowledged when it returns. Its token ends with the
    /// connection, after which the server sends again what was not acknowledged. What it throws, RunAsync throws.
    /// It must not wait for its own publishing: while it does, the PUBACK may be behind messages it has yet to take.
    /// </summary>
    public Func<MqttMessage, CancellationToken, ValueTask>? OnMessage { get; set; }

    /// <summary>
    /// In the place of <see cref="OnMessage"/>, for who can't confirm a message when it takes it: the message is
    /// acknowledged when the task that it returns is done, in the order of arrival; the next one comes meanwhile.
    /// </summary>
    public Func<MqttMessage, CancellationToken, ValueTask<Task>>? OnHeldMessage { get; set; }

    /// <summary>
    /// Published first on every connection, before what waits; not resent on the next, which has its own.
    /// </summary>
    public MqttMessage? Birth
    {
        get => _session.Birth;
        set => _session.Birth = value;
    }

    public MqttClientState State => _state;

    /// <summary>Publishes at QoS 1.</summary>
    /// <inheritdoc cref="PublishAsync(MqttMessage, CancellationToken)"/>
    public Task<MqttPublishResult> PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel) =>
        PublishAsync(new MqttMessage(topic, payload) { Retain = retain }, cancel);

    /// <summary>
    /// Completes when the PUBACK comes, over however many connections that takes. Messages go out in the order of the
    /// calls.
    /// </summary>
    /// <param name="message">Its payload is not copied, and must not change before the answer.</param>
    /// <param name="cancel">Takes it back if it isn't in flight; if it is, gives up the answer alone.</param>
    /// <returns>The server's answer, a refusal too.</returns>
    /// <exception cref="OperationCanceledException">Cancelled, or the client stopped before the answer.</exception>
    public async Task<MqttPublishResult> PublishAsync(MqttMessage message, CancellationToken cancel)
    {
        if (!TopicFilter.IsValidName(message.Topic))
        {
            throw new ArgumentException($"\"{message.Topic}\" is no topic name.", nameof(message));
        }

        if (!ReferenceEquals(message.Properties, MqttProperties.None))
        {
            // What can't be written must fail here, and not in the loop that writes for everybody.
            var trial = new MqttPacket.Publish(message.Topic, default) { Properties = message.Properties };
            MqttCodec.Write(new ArrayBufferWriter<byte>(), trial, _options.Version);
        }

        await _slots.WaitAsync(cancel);
        var publish = new OutgoingPublish(message);
        try
        {
            _session.Add(publish);
        }
        catch (OperationCanceledException)
        {
            _slots.Release();
            throw;
        }

        await using var registration = cancel.UnsafeRegister(_ => GiveUp(publish, cancel), null);
        return await publish.Answer.Task;
    }

    /// <summary>Subscribes, now or when there is a connection, and again whenever a server forgot it.</summary>
    /// <returns>One reason for each subscription; from 0x80 on it was refused.</returns>
    public async Task<IReadOnlyList<MqttReason>> SubscribeAsync(
        IReadOnlyList<MqttSubscription> subscriptions, CancellationToken cancel)
    {
        foreach (var (filter, qos, _, _, _) in subscriptions)
        {
            if (!TopicFilter.IsValid(filter) || qos == MqttQoS.ExactlyOnce)
            {
                throw new ArgumentException(
                    $"\"{filter}\" at {qos} can't be subscribed to; a valid filter at QoS 0 or 1 is needed.",
                    nameof(subscriptions));
            }
        }

        return await AskAsync(new ClientRequest { Subscriptions = subscriptions }, subscriptions.Count, cancel);
    }

    /// <inheritdoc cref="SubscribeAsync(IReadOnlyList{MqttSubscription}, CancellationToken)"/>
    public async Task<MqttReason> SubscribeAsync(string filter, MqttQoS qos, CancellationToken cancel) =>
        (await SubscribeAsync([new MqttSubscription(filter, qos)], cancel))[0];

    /// <summary>Ends subscriptions.</summary>
    public async Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancel) =>
        await AskAsync(new ClientRequest { Unsubscriptions = filters }, filters.Count, cancel);

    /// <summary>
    /// Connects, and stays connected until told to stop; then says DISCONNECT and returns. Once in a lifetime.
    /// </summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                _state = MqttClientState.Connecting;
                var startedAt = _time.GetTimestamp();
                var ended = await ConnectAndRunAsync(stopping);
                _session.Disconnect();
                if (ended.Kind == MqttDisconnectKind.Stopped || stopping.IsCancellationRequested)
                {
                    _state = MqttClientState.Stopped;
                    Disconnected?.Invoke(ended);
                    return;
                }

                if (_state == MqttClientState.Connected && _time.GetElapsedTime(startedAt) >= _options.StableFor)
                {
                    _backoff.Reset();
                }

                var wait = _backoff.Next();
                _state = MqttClientState.Waiting;
                Disconnected?.Invoke(ended with { RetryAfter = wait });
                await Task.Delay(wait, _time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        finally
        {
            _state = MqttClientState.Stopped;
            var (publishes, request) = _session.Stop();
            foreach (var publish in publishes)
            {
                if (!publish.IsBirth)
                {
                    _slots.Release();
                }

                publish.Answer.TrySetCanceled(CancellationToken.None);
            }

            request?.Answer.TrySetCanceled(CancellationToken.None);
        }
    }

    public void Dispose()
    {
        _slots.Dispose();
        _requestSlot.Dispose();
    }

    private async Task<IReadOnlyList<MqttReason>> AskAsync(ClientRequest request, int count, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfZero(count);
        await _requestSlot.WaitAsync(cancel);
        try
        {
            _session.Start(request);
            await using var registration = cancel.UnsafeRegister(
                _ =>
                {
                    _session.Withdraw(request);
                    request.Answer.TrySetCanceled(cancel);
                },
                null);
            return await request.Answer.Task;
        }
        finally
        {
            _requestSlot.Release();
        }
    }

    private void GiveUp(OutgoingPublish publish, CancellationToken cancel)
    {
        if (_session.Withdraw(publish))
        {
            _slots.Release();
        }

        publish.Answer.TrySetCanceled(cancel);
    }

    private void Complete(OutgoingPublish publish, MqttPublishResult result)
    {
        if (!publish.IsBirth)
        {
            _slots.Release();
        }

        publish.Answer.TrySetResult(result);
    }
}
