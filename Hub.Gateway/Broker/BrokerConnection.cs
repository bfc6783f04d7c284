using Hub.Gateway.Journal;
using Hub.Transport.Mqtt;
using Microsoft.AspNetCore.Connections;

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
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TopicCache? _topics;
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
        _heardAt = _options.NetworkTime.GetTimestamp();
        Output = new ConnectionOutput(transport.Transport.Output, _options, () => _session?.SendQueued());
    }

    public ConnectionOutput Output { get; }

    public string ClientId => _session?.ClientId ?? "";

    public MqttVersion Version { get; private set; } = MqttVersion.V311;

    /// <summary>What the client takes unacknowledged at a time.</summary>
    public int ClientReceiveMax { get; private set; } = ushort.MaxValue;

    /// <summary>The aliases that stand for topics on their way to the client.</summary>
    public TopicAliases Aliases { get; private set; } = TopicAliases.None;

    private bool IsEnding => Volatile.Read(ref _end) >= 0;

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

    private async Task ServeAsync()
    {
        var input = _transport.Transport.Input;
        while (!IsEnding && !_isOrderly)
        {
            var read = await input.ReadAsync();
            Volatile.Write(ref _heardAt, _options.NetworkTime.GetTimestamp());
            var (rest, length) = (read.Buffer, read.Buffer.Length);
            var isCut = false;
            BeginPace();
            try
            {
                TakeTurn(ref rest);
                isCut = IsPaceSpent && !rest.IsEmpty;
                length -= rest.Length;
            }
            finally
            {
                input.AdvanceTo(rest.Start, _unprepared is null && !isCut ? read.Buffer.End : rest.Start);
            }

            if (_unprepared is { } route)
            {
                await route.PrepareAsync(_unpreparedPayload, _transport.ConnectionClosed);
                (_unprepared, _unpreparedPayload) = (null, default);
            }
            else if (read.IsCompleted && !isCut)
            {
                return;
            }

            await PaceAsync(length);
            await WindowAsync();
            await _journal.RoomAsync(_transport.ConnectionClosed);
        }
    }
}
