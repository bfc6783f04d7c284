using Hub.Transport.Mqtt;
using Microsoft.AspNetCore.Connections;

namespace Hub.Gateway.Broker;

/// <summary>The end of a connection: farewell, session, will.</summary>
internal sealed partial class BrokerConnection
{
    private static readonly TimeSpan FarewellTimeMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LingerQuietTimeMax = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LingerTimeMax = TimeSpan.FromMilliseconds(500);

    private async Task LeaveAsync()
    {
        var reason = (MqttReason)Math.Max(0, Volatile.Read(ref _end));
        if (_session is { } session)
        {
            if (Version == MqttVersion.V500 && reason >= MqttReason.UnspecifiedError)
            {
                Output.Write(new MqttPacket.Disconnect(reason), Version);
            }

            await LeaveSessionAsync(session, reason);
            BrokerMessages.Left(_broker.Logger, session.ClientId, reason);
        }

        _left.TrySetResult();
        await Output.CloseAsync(FarewellTimeMax);
        if (_isOffender)
        {
            await LingerAsync();
        }
    }

    /// <summary>
    /// Reads on while something comes, for a moment, and throws it away: a socket closed over unread bytes is reset,
    /// and the reason that was just sent is lost with it.
    /// </summary>
    private async Task LingerAsync()
    {
        var input = _transport.Transport.Input;
        var since = _options.NetworkTime.GetTimestamp();
        try
        {
            while (_options.NetworkTime.GetElapsedTime(since) < LingerTimeMax)
            {
                using var quiet = new CancellationTokenSource(LingerQuietTimeMax, _options.NetworkTime);
                var read = await input.ReadAsync(quiet.Token);
                input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or ConnectionAbortedException or OperationCanceledException
            or ConnectionResetException)
        {
            // Nothing comes any more, or the client has gone.
        }
    }

    private async Task LeaveSessionAsync(Session session, MqttReason reason)
    {
        // A hub that goes away itself has no news of its clients.
        var isHubLeaving = reason == MqttReason.ServerShuttingDown;
        var will = isHubLeaving ? null : _will;
        var mayWait = will?.Properties.WillDelay > 0 && _broker.Sessions.GoesOn(session);
        var isReleased = _broker.Sessions.Release(session, this, mayWait ? will : null);
        if (will is not null && !mayWait)
        {
            await _broker.PublishWillAsync(ClientId, will);
        }

        // Only an edge under its own name is that edge; what else calls itself so has no word about it.
        var mayBeEdge = session.Principal.Name.Length == 0 || session.Principal.Name == session.ClientId;
        if (isReleased && !isHubLeaving && mayBeEdge)
        {
            _router.Intake.ClientLeft(session.ClientId);
        }
    }
}
