using System.Net;
using Hub.Transport.Mqtt;
using Microsoft.AspNetCore.Http.Features;

namespace Hub.Gateway.Broker;

/// <summary>The beginning of a connection: CONNECT, its turn, its rights, its session.</summary>
internal sealed partial class BrokerConnection
{
    private async Task<bool> ConnectAsync()
    {
        if (await ReadConnectAsync() is not { } connect || IsEnding)
        {
            return false;
        }

        Version = connect.Version;
        var (verdict, principal) = await WaitForTurnAsync()
            ? await AdmitAsync(connect)
            : Admission.Refused(MqttReason.ConnectionRateExceeded);
        if (verdict != MqttReason.Success)
        {
            return Refuse(connect, verdict);
        }

        // It was ended while it waited: it must not take over a session, nor be told that it is connected.
        if (IsEnding)
        {
            return false;
        }

        // 3.1.2.10: one and a half times what has been agreed on.
        _keepAlive = TimeSpan.FromSeconds((Handshake.ServerKeepAlive(connect, _options) ?? connect.KeepAlive) * 1.5);
        var aliasesMax = Math.Min(connect.Properties.TopicAliasMaximum ?? 0, _options.TopicAliasMax);
        Aliases = aliasesMax > 0 ? new TopicAliases(aliasesMax) : TopicAliases.None;
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
            await _broker.PublishWillAsync(clientId, overdue);
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

    /// <summary>
    /// Everybody comes back at once after a power cut: in order, so many a second. False if that is too late.
    /// </summary>
    private async ValueTask<bool> WaitForTurnAsync()
    {
        var patience = _options.ConnectTimeMax - _options.NetworkTime.GetElapsedTime(Volatile.Read(ref _heardAt));
        if (_broker.Arrivals.Reserve(patience) is not { } wait)
        {
            return false;
        }

        if (wait > TimeSpan.Zero)
        {
            _broker.Counters.AddSlowed();
            await Task.Delay(wait, _options.NetworkTime, _transport.ConnectionClosed);
            Volatile.Write(ref _heardAt, _options.NetworkTime.GetTimestamp());
        }

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

            if (read.IsCompleted || IsEnding)
            {
                return null;
            }
        }
    }
}
