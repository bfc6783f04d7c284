using System.Net;
using Hub.Gateway.Journal;
using Hub.Transport.Mqtt;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Hub.Gateway.Broker;

/// <summary>
/// One client's connection: from its CONNECT to whatever ends it. Whatever a client sends can end its own connection
/// only.
/// <code>
///  opened ── CONNECT in time? ──► admitted? ──► serving: read turn after read turn ──► ended: farewell, will, session
/// </code>
/// </summary>
internal sealed partial class BrokerConnection
{
    private static readonly TimeSpan LoserTimeMax = TimeSpan.FromSeconds(5);

    private readonly ConnectionContext _transport;
    private readonly MqttBroker _broker;
    private readonly MessageRouter _router;
    private readonly JournalLog _journal;
    private readonly BrokerOptions _options;
    private readonly TopicCache _topics;
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Session? _session;
    private MqttWill? _will;
    private TimeSpan _keepAlive;
    private long _heardAt;
    private int _end = -1;
    private bool _isOrderly;
    private bool _isOffender;

    public BrokerConnection(ConnectionContext transport, MqttBroker broker, MessageRouter router, JournalLog journal)
    {
        (_transport, _broker, _router, _journal, _options) = (transport, broker, router, journal, broker.Options);
        _topics = new TopicCache(FindRoute, _router.Intake, _options.TopicsPerConnectionMax);
        _heardAt = _options.NetworkTime.GetTimestamp();
        Output = new ConnectionOutput(transport.Transport.Output, _options, () => _session?.SendQueued());
    }

    public ConnectionOutput Output { get; }

    public string ClientId => _session?.ClientId ?? "";

    public MqttVersion Version { get; private set; } = MqttVersion.V311;

    /// <summary>What the client takes unacknowledged at a time.</summary>
    public int ClientReceiveMax { get; private set; } = ushort.MaxValue;

    /// <summary>The aliases that stand for topics on their way to the client.</summary>
    public TopicAliases Aliases { get; private set; } = new(0);

    public async Task RunAsync()
    {
        try
        {
            if (await ConnectAsync())
            {
                await ServeAsync();
            }
        }
        catch (MqttProtocolException e)
        {
            _broker.Counters.AddRefused();
            BrokerMessages.Offended(_broker.Logger, ClientId, _transport.RemoteEndPoint, e.Reason, e.Message);
            End(e.Reason);
            _isOffender = true;
        }
        catch (Exception e) when (e is IOException or ConnectionAbortedException or OperationCanceledException
            or ConnectionResetException)
        {
            BrokerMessages.Lost(_broker.Logger, ClientId, e.Message);
        }
        finally
        {
            await LeaveAsync();
        }
    }

    /// <summary>Ends the connection from any thread; the first reason counts.</summary>
    public void End(MqttReason reason)
    {
        if (Interlocked.CompareExchange(ref _end, (int)reason, -1) == -1)
        {
            _transport.Transport.Input.CancelPendingRead();
            OpenWindow();
        }
    }

    /// <summary>Cuts the connection: nothing more can be promised on it.</summary>
    public void Abort() => _transport.Abort();

    /// <summary>
    /// Another connection has come under the same client id. It may speak when this one has said all that it had to
    /// say: an edge's "offline" must not follow its "online".
    /// </summary>
    public async Task LoseAsync(CancellationToken cancel)
    {
        End(MqttReason.SessionTakenOver);
        try
        {
            await _left.Task.WaitAsync(LoserTimeMax, _options.NetworkTime, cancel);
        }
        catch (TimeoutException)
        {
            BrokerMessages.Lost(_broker.Logger, ClientId, "it doesn't end; its successor goes on without waiting");
        }
    }

    /// <summary>Ends it if the client has been silent for too long (3.1.2.10), or never said who it is.</summary>
    public void CheckSilence()
    {
        var limit = _session is null ? _options.ConnectTimeMax : _keepAlive;
        if (limit > TimeSpan.Zero && _options.NetworkTime.GetElapsedTime(Volatile.Read(ref _heardAt)) > limit)
        {
            End(MqttReason.KeepAliveTimeout);
        }
    }

    /// <summary>Ends it if its principal has lost its rights.</summary>
    public void CheckPrincipal()
    {
        if (_session is { Principal.IsOver: true })
        {
            End(MqttReason.NotAuthorized);
        }
    }

    /// <summary>Sends what waits; a client that has not read for megabytes is let go.</summary>
    public void FlushOrGiveUp()
    {
        if (Output.IsHopeless)
        {
            End(MqttReason.QuotaExceeded);
        }
        else
        {
            Output.Flush();
        }
    }

    private async Task<bool> ConnectAsync()
    {
        if (await ReadConnectAsync() is not { } connect)
        {
            return false;
        }

        Version = connect.Version;
        var (verdict, principal) = await AdmitAsync(connect);
        if (verdict != MqttReason.Success)
        {
            return Refuse(connect, verdict);
        }

        // 3.1.2.10: one and a half times what has been agreed on.
        _keepAlive = TimeSpan.FromSeconds((Handshake.ServerKeepAlive(connect, _options) ?? connect.KeepAlive) * 1.5);
        Aliases = new TopicAliases(
            Math.Min(connect.Properties.TopicAliasMaximum ?? 0, _options.TopicAliasMax));
        ClientReceiveMax = connect.Properties.ReceiveMaximum ?? ushort.MaxValue;
        Output.PacketBytesMax = connect.Properties.MaximumPacketSize ?? long.MaxValue;
        var clientId = connect.ClientId.Length > 0 ? connect.ClientId : $"auto-{Guid.NewGuid():N}";
        var expiry = Handshake.ExpiryOf(connect, _options);
        var (session, isPresent, loser, overdue) = _broker.Sessions.Take(
            clientId, principal, connect.CleanStart, expiry, this);
        if (session is null)
        {
            return Refuse(connect, MqttReason.ClientIdentifierNotValid);
        }

        (_will, _session) = (connect.Will, session);
        if (loser is not null)
        {
            BrokerMessages.TakenOver(_broker.Logger, clientId, _transport.RemoteEndPoint);
            await loser.LoseAsync(_transport.ConnectionClosed);
        }

        if (overdue is not null)
        {
            await _broker.PublishWillAsync(clientId, overdue, CancellationToken.None);
        }

        var announced = Version == MqttVersion.V500
            ? Handshake.Announce(connect, clientId, expiry, _options)
            : MqttProperties.None;
        if (!Output.Write(new MqttPacket.ConnAck(isPresent) { Properties = announced }, Version))
        {
            throw new MqttProtocolException(
                MqttReason.PacketTooLarge, $"Not even a CONNACK fits into {Output.PacketBytesMax} bytes.");
        }

        _broker.Sessions.Attach(session, this);
        Output.Flush();
        BrokerMessages.Connected(_broker.Logger, clientId, _transport.RemoteEndPoint, Version);
        return true;
    }

    private async ValueTask<Admission> AdmitAsync(MqttPacket.Connect connect)
    {
        var verdict = Handshake.Judge(connect);
        if (verdict != MqttReason.Success)
        {
            return Admission.Refused(verdict);
        }

        var certificate = _transport.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
        var origin = new ClientOrigin((_transport.RemoteEndPoint as IPEndPoint)?.Address, certificate);
        var admission = await _broker.Access.AdmitAsync(connect, origin, _transport.ConnectionClosed);
        // A will is published when nobody can be told any more that it may not be.
        var may = connect.Will is { } will && admission.Verdict == MqttReason.Success
            ? admission.Principal.MayPublish(will.Topic)
            : MqttReason.Success;
        return may == MqttReason.Success ? admission : Admission.Refused(may);
    }

    private bool Refuse(MqttPacket.Connect connect, MqttReason reason)
    {
        _broker.Counters.AddRefused();
        BrokerMessages.Refused(_broker.Logger, connect.ClientId, _transport.RemoteEndPoint, reason);
        // With the sentence, if that fits; a 3.1.1 client gets the nearest return code.
        var said = new MqttProperties { ReasonString = Handshake.Sentence(reason) };
        Output.PacketBytesMax = connect.Properties.MaximumPacketSize ?? long.MaxValue;
        if (!Output.Write(new MqttPacket.ConnAck(false, reason) { Properties = said }, Version))
        {
            Output.Write(new MqttPacket.ConnAck(false, reason), Version);
        }

        return false;
    }

    private async Task<MqttPacket.Connect?> ReadConnectAsync()
    {
        var input = _transport.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync(_transport.ConnectionClosed);
            var rest = read.Buffer;
            try
            {
                if (MqttCodec.TryRead(ref rest, Version, _options.PacketBeforeConnectBytesMax, out var packet))
                {
                    return packet as MqttPacket.Connect ?? throw new MqttProtocolException(
                        MqttReason.ProtocolError, $"The first packet is {packet.GetType().Name}, and not CONNECT.");
                }
            }
            catch (MqttProtocolException e) when (e.Reason == MqttReason.UnsupportedProtocolVersion)
            {
                // 3.1.1, 3.1.2.2: this one fault is answered, in the old way, so that a client can try another version.
                Output.Write(new MqttPacket.ConnAck(false, e.Reason), MqttVersion.V311);
                throw;
            }
            finally
            {
                input.AdvanceTo(rest.Start, rest.Start.Equals(read.Buffer.Start) ? read.Buffer.End : rest.Start);
            }

            if (read.IsCompleted || Volatile.Read(ref _end) >= 0)
            {
                return null;
            }
        }
    }

    private async Task ServeAsync()
    {
        var input = _transport.Transport.Input;
        while (Volatile.Read(ref _end) < 0 && !_isOrderly)
        {
            var read = await input.ReadAsync();
            Volatile.Write(ref _heardAt, _options.NetworkTime.GetTimestamp());
            var rest = read.Buffer;
            try
            {
                TakeTurn(ref rest);
            }
            finally
            {
                input.AdvanceTo(rest.Start, _unprepared is null ? read.Buffer.End : rest.Start);
            }

            if (_unprepared is { } route)
            {
                await route.PrepareAsync(_unpreparedPayload, _transport.ConnectionClosed);
                (_unprepared, _unpreparedPayload) = (null, default);
            }
            else if (read.IsCompleted)
            {
                return;
            }

            await WindowAsync();
            await _journal.RoomAsync(_transport.ConnectionClosed);
        }
    }
}
