using System.Collections.Concurrent;
using System.Net;
using Hub.Gateway.Journal;
using Hub.Transport.Mqtt;
using Microsoft.AspNetCore.Connections;

namespace Hub.Gateway.Broker;

/// <summary>
/// The MQTT endpoint, 3.1.1 and 5.0. Messages for the journal are acknowledged after its commit;
/// everything else is routed between clients.
/// </summary>
public sealed class MqttBroker : ConnectionHandler, IDownlink, IDisposable
{
    private readonly ConcurrentDictionary<BrokerConnection, bool> _connections = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly MessageRouter _router;
    private readonly JournalLog _journal;
    private readonly AddressCount _addresses;
    private int _count;

    public MqttBroker(
        BrokerOptions options, JournalLog journal, IIntake intake, IBrokerAccess access, ILogger<MqttBroker> logger)
    {
        (Options, _journal, Access, Logger) = (options, journal, access, logger);
        _router = new MessageRouter(options, Counters, journal, intake);
        (Arrivals, _addresses) = (new Arrivals(options), new AddressCount(options.ConnectionsPerAddressMax));
        Sessions = new SessionBook(options, _router.Tree, Counters, ChangedSessions, access.Find);
    }

    public BrokerOptions Options { get; }

    public BrokerCounters Counters { get; } = new();

    /// <summary>Connections that are open now.</summary>
    public int ConnectionCount => Volatile.Read(ref _count);

    /// <summary>Clients with a session, connected or away.</summary>
    public int SessionCount => Sessions.Count;

    public int RetainedCount => _router.Retained.Count;

    internal ILogger Logger { get; }

    internal IBrokerAccess Access { get; }

    internal Arrivals Arrivals { get; }

    internal SessionBook Sessions { get; }

    internal SessionStore ChangedSessions { get; } = new();

    internal RetainedStore Retained => _router.Retained;

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        if (Interlocked.Increment(ref _count) > Options.ConnectionsMax)
        {
            Refuse(connection, Options.ConnectionsMax);
        }
        else if ((connection.RemoteEndPoint as IPEndPoint)?.Address is not { } address)
        {
            await ServeAsync(connection);
        }
        else if (!_addresses.TryAdd(address))
        {
            Refuse(connection, Options.ConnectionsPerAddressMax);
        }
        else
        {
            await ServeAsync(connection);
            _addresses.Remove(address);
        }

        Interlocked.Decrement(ref _count);
    }

    public void Dispose() => _ending.Dispose();

    public ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        if (!TopicFilter.IsValidName(topic))
        {
            throw new ArgumentException($"'{topic}' is no topic to publish to.", nameof(topic));
        }

        return _router.PublishAsync(
            new BrokerMessage(
                topic, payload.ToArray(), MqttQoS.AtLeastOnce, retain, "", MqttProperties.None,
                Options.NetworkTime.GetTimestamp()),
            cancel);
    }

    /// <summary>
    /// A will may have to wait for the journal, and that for a disk; a hub that goes away waits no more. Nobody has
    /// been told that it is kept, and of its clients a hub that goes away has no news anyhow.
    /// </summary>
    internal async Task PublishWillAsync(string clientId, MqttWill will)
    {
        try
        {
            await _router.PublishAsync(
                new BrokerMessage(
                    will.Topic, will.Payload, will.QoS, will.Retain, clientId, BrokerMessage.Passed(will.Properties),
                    Options.NetworkTime.GetTimestamp()),
                _ending.Token);
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            BrokerMessages.WillUnpublished(Logger, clientId);
        }
    }

    /// <summary>
    /// Lets go of silent clients, of whoever has lost its rights, and of sessions whose time is over; publishes the
    /// wills that have waited.
    /// </summary>
    internal async Task CheckAsync()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.CheckSilence();
            connection.CheckPrincipal();
        }

        foreach (var (clientId, will) in Sessions.TakeDueWills())
        {
            await PublishWillAsync(clientId, will);
        }
    }

    /// <summary>
    /// Says good-bye to everybody, and to whoever comes back before the door is shut: a client that may stay makes the
    /// server wait for it, half a minute long.
    /// </summary>
    internal void EndAll()
    {
        _ending.Cancel();
        foreach (var connection in _connections.Keys)
        {
            connection.End(MqttReason.ServerShuttingDown);
        }
    }

    private async Task ServeAsync(ConnectionContext connection)
    {
        var client = new BrokerConnection(connection, this, _router, _journal);
        _connections[client] = true;
        if (_ending.IsCancellationRequested)
        {
            client.End(MqttReason.ServerShuttingDown);
        }

        await client.RunAsync();
        _connections.TryRemove(client, out _);
    }

    private void Refuse(ConnectionContext connection, int max)
    {
        Counters.AddRefused();
        BrokerMessages.Full(Logger, connection.RemoteEndPoint, max);
    }
}
