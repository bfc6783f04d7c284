using System.Security.Authentication;

namespace Hub.Transport.Mqtt;

/// <summary>One connection of a client: made, and run to its end.</summary>
public sealed partial class MqttClient
{
    private async Task<MqttDisconnected> ConnectAndRunAsync(CancellationToken stopping)
    {
        var (connection, ack, failed) = await ConnectAsync(stopping);
        if (connection is null || ack is null)
        {
            return failed!;
        }

        await using var open = connection;
        _wasConnected = true;
        _session.Connect(ack);
        _state = MqttClientState.Connected;
        Connected?.Invoke(new MqttConnected(ack.SessionPresent, ack));
        return await connection.RunAsync(ack, Handler(), stopping);
    }

    // Faults of the link are caught around the connecting alone: a handler's IOException is not the link's.
    private async Task<(ClientConnection? Connection, MqttPacket.ConnAck? Ack, MqttDisconnected? Failed)> ConnectAsync(
        CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(_options.ConnectFor, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        ClientConnection? connection = null;
        MqttDisconnected failed;
        try
        {
            connection = new ClientConnection(await _connector(both.Token), _options, _session, Complete, _time);
            // 3.1.1's clean session ends with the connection, so that there is nothing to resume.
            var isClean = _options.CleanStart && (!_wasConnected || _options.Version == MqttVersion.V311);
            var ack = await connection.HandshakeAsync(isClean, both.Token);
            if (ack.Reason == MqttReason.Success)
            {
                return (connection, ack, null);
            }

            var said = ack.Properties.ReasonString ?? $"The server refuses the connection: {ack.Reason}.";
            failed = new MqttDisconnected(MqttDisconnectKind.Refused, ack.Reason, said);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            failed = new MqttDisconnected(MqttDisconnectKind.Stopped, MqttReason.Success, "The client stops.");
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            failed = CannotConnect($"No connection within {_options.ConnectFor.TotalSeconds:0} s.");
        }
        catch (MqttProtocolException e)
        {
            failed = new MqttDisconnected(MqttDisconnectKind.ProtocolFault, e.Reason, e.Message);
        }
        catch (Exception e) when (ClientConnection.IsLinkFault(e) || e is AuthenticationException)
        {
            failed = CannotConnect(e.Message);
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        return (null, null, failed);
    }

    private static MqttDisconnected CannotConnect(string sentence) =>
        new(MqttDisconnectKind.CannotConnect, MqttReason.ServerUnavailable, sentence);

    private Func<MqttMessage, CancellationToken, ValueTask<Task>>? Handler()
    {
        if (OnHeldMessage is not null || OnMessage is not { } handle)
        {
            return OnHeldMessage;
        }

        return async (message, cancel) =>
        {
            await handle(message, cancel);
            return Task.CompletedTask;
        };
    }
}
