using System.Buffers;
using System.Threading.Channels;

namespace Hub.Transport.Mqtt;

/// <summary>
/// What of a client outlives a connection: messages on their way, subscriptions, an open request; and what the current
/// server allows. Callers, the reading and the writing loop meet here, under one lock.
/// </summary>
internal sealed class ClientSession(MqttClientOptions options)
{
    private readonly Lock _gate = new();
    private readonly OutgoingWindow _window = new();

    // PUBACKs: the server has no more than ReceiveMax messages unacknowledged, and reading waits for the handler.
    private readonly Queue<MqttPacket.PubAck> _acks = new();
    private readonly Dictionary<string, MqttSubscription> _subscribed = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _packet = new();

    /// <summary>One token: something is to be written.</summary>
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private ClientRequest? _request;
    private ClientRequest? _resubscription;
    private MqttProperties _server = MqttProperties.None;
    private bool _isPingDue;
    private bool _isStopped;

    public MqttMessage? Birth { get; set; }

    public ValueTask<bool> WaitAsync(CancellationToken cancel) => _signal.Reader.ReadAsync(cancel);

    public void Signal() => _signal.Writer.TryWrite(true);

    /// <exception cref="OperationCanceledException">The client has stopped.</exception>
    public void Add(OutgoingPublish publish)
    {
        lock (_gate)
        {
            ThrowIfStopped_NeedsLock();
            _window.Add(publish);
        }

        Signal();
    }

    /// <summary>True if it was not in flight, and so is gone.</summary>
    public bool Withdraw(OutgoingPublish publish)
    {
        lock (_gate)
        {
            return _window.Withdraw(publish);
        }
    }

    /// <exception cref="OperationCanceledException">The client has stopped.</exception>
    public void Start(ClientRequest request)
    {
        lock (_gate)
        {
            ThrowIfStopped_NeedsLock();
            _request = request;
        }

        Signal();
    }

    public void Withdraw(ClientRequest request)
    {
        lock (_gate)
        {
            if (_request == request)
            {
                _window.FreeOtherId(request.PacketId);
                _request = null;
            }
        }
    }

    public void Send(MqttPacket.PubAck ack)
    {
        lock (_gate)
        {
            _acks.Enqueue(ack);
        }

        Signal();
    }

    public void Ping()
    {
        lock (_gate)
        {
            _isPingDue = true;
        }

        Signal();
    }

    public void Connect(MqttPacket.ConnAck ack)
    {
        lock (_gate)
        {
            _server = ack.Properties;
            _window.Connect(ack.SessionPresent, Math.Min(options.WindowMax, _server.ReceiveMaximum ?? ushort.MaxValue));
            if (!ack.SessionPresent && _subscribed.Count > 0)
            {
                _resubscription = new ClientRequest { Subscriptions = [.. _subscribed.Values] };
            }

            if (Birth is { } birth)
            {
                _window.AddFirst(new OutgoingPublish(birth, isBirth: true));
            }
        }

        Signal();
    }

    public void Disconnect()
    {
        lock (_gate)
        {
            _window.Disconnect();
            _acks.Clear();
            _isPingDue = false;
            _resubscription = null;
            if (_request is { } request)
            {
                request.PacketId = 0;
            }
        }
    }

    /// <summary>The end: what is still on its way will get no answer.</summary>
    public (List<OutgoingPublish> Publishes, ClientRequest? Request) Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            var request = _request;
            _request = null;
            return (_window.Clear(), request);
        }
    }

    /// <summary>
    /// Writes what may be sent now, up to about so many bytes; what can't be sent to this server is handed back.
    /// </summary>
    public (OutgoingPublish Publish, MqttReason Reason)? WriteNext(ArrayBufferWriter<byte> output, int bytesMax)
    {
        lock (_gate)
        {
            while (_acks.TryDequeue(out var ack))
            {
                MqttCodec.Write(output, ack, options.Version);
            }

            if (_isPingDue)
            {
                _isPingDue = false;
                MqttCodec.Write(output, new MqttPacket.PingReq(), options.Version);
            }

            WriteRequest_NeedsLock(output, _resubscription);
            WriteRequest_NeedsLock(output, _request);
            while (output.WrittenCount < bytesMax && _window.TakeNext() is { } publish)
            {
                if (Refusal_NeedsLock(publish) is { } reason)
                {
                    _window.Acknowledge(publish.PacketId);
                    return (publish, reason);
                }

                output.Write(_packet.WrittenSpan);
            }
        }

        return null;
    }

    public OutgoingPublish? Acknowledge(ushort packetId)
    {
        lock (_gate)
        {
            return _window.Acknowledge(packetId);
        }
    }

    /// <summary>Takes a SUBACK or UNSUBACK; the request that it completes, or null.</summary>
    public ClientRequest? Acknowledge(ushort packetId, IReadOnlyList<MqttReason> reasons)
    {
        lock (_gate)
        {
            _window.FreeOtherId(packetId);
            if (_resubscription is { } again && again.PacketId == packetId)
            {
                _resubscription = null;
                var refused = reasons.FirstOrDefault(reason => (byte)reason >= 0x80);
                if (refused != MqttReason.Success)
                {
                    MqttProtocolException.Throw(
                        refused, $"The server forgot the session and now refuses it: {refused}.");
                }

                return null;
            }

            if (_request is not { } request || request.PacketId != packetId)
            {
                return null;
            }

            Remember_NeedsLock(request, reasons);
            _request = null;
            return request;
        }
    }

    private void ThrowIfStopped_NeedsLock()
    {
        if (_isStopped)
        {
            throw new OperationCanceledException("The client has stopped.");
        }
    }

    private void Remember_NeedsLock(ClientRequest request, IReadOnlyList<MqttReason> reasons)
    {
        if (request.Subscriptions.Count > 0 && reasons.Count != request.Subscriptions.Count)
        {
            MqttProtocolException.ThrowProtocol(
                $"SUBACK has {reasons.Count} reasons for {request.Subscriptions.Count} topic filters.");
        }

        for (var i = 0; i < request.Subscriptions.Count; i++)
        {
            if ((byte)reasons[i] < 0x80)
            {
                _subscribed[request.Subscriptions[i].Filter] = request.Subscriptions[i];
            }
        }

        foreach (var filter in request.Unsubscriptions)
        {
            _subscribed.Remove(filter);
        }
    }

    private void WriteRequest_NeedsLock(ArrayBufferWriter<byte> output, ClientRequest? request)
    {
        if (request is { PacketId: 0 })
        {
            request.PacketId = _window.TakeOtherId();
            MqttCodec.Write(output, request.ToPacket(), options.Version);
        }
    }

    // Leaves the bytes in _packet. A server that states what it can't take would close the connection over it, and
    // get the same message again on the next one.
    private MqttReason? Refusal_NeedsLock(OutgoingPublish publish)
    {
        if (_server.MaximumQoS == 0)
        {
            return MqttReason.QoSNotSupported;
        }

        if (_server.RetainAvailable == 0 && publish.Message.Retain)
        {
            return MqttReason.RetainNotSupported;
        }

        _packet.ResetWrittenCount();
        MqttCodec.Write(
            _packet,
            new MqttPacket.Publish(publish.Message.Topic, publish.Message.Payload)
            {
                QoS = MqttQoS.AtLeastOnce,
                Retain = publish.Message.Retain,
                Dup = publish.Dup,
                PacketId = publish.PacketId,
                Properties = publish.Message.Properties,
            },
            options.Version);
        return _packet.WrittenCount > (_server.MaximumPacketSize ?? uint.MaxValue) ? MqttReason.PacketTooLarge : null;
    }
}
