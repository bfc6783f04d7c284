using System.Buffers;
using System.Runtime.InteropServices;
using Hub.Gateway.Journal;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>One PUBLISH: where it goes, and when it is answered.</summary>
internal sealed partial class BrokerConnection
{
    private TopicRoute?[] _aliases = [];

    /// <summary>Many a client only listens.</summary>
    private TopicCache Topics =>
        _topics ??= new TopicCache(FindRoute, _router.Intake, _options.TopicsPerConnectionMax);

    /// <summary>False if its route must be prepared first; then nothing has happened yet.</summary>
    private bool TryTakePublish(MqttFrame frame, ReadOnlySpan<byte> packet)
    {
        var publish = PublishView.Read(frame, Version);
        var route = RouteOf(publish);
        var isExactlyOnce = publish.QoS == MqttQoS.ExactlyOnce;
        var isAgain = isExactlyOnce && _session!.HasTaken(publish.PacketId, publish.Dup);
        if (!isAgain)
        {
            RequireRoom(publish);
        }

        if (route.Verdict != MqttReason.Success)
        {
            AnswerInOrder(publish, route.Verdict);
            return true;
        }

        if (route.Intake is { } intake)
        {
            // Also for a message that was taken already: its answer waits for the commit of the first copy.
            BeginRun(intake);
            if (!isAgain
                && !intake.TryTake(new IntakeMessage(ClientId, route.Topic, publish.Payload), _batch!.Entries))
            {
                (_unprepared, _unpreparedPayload) = (intake, publish.Payload.ToArray());
                return false;
            }
        }

        if (isExactlyOnce && !isAgain && _session!.Take(publish.PacketId, isForJournal: route.Intake is not null))
        {
            _batch!.Add(new TakenMessage(ClientId, publish.PacketId, IsReleased: false));
        }

        var audience = route.AudienceIn(_router.Tree);
        var isWanted = publish.Retain || !audience.IsEmpty;
        var isForNobody = !isWanted && route.Intake is null && !isExactlyOnce;
        AnswerInOrder(publish, isForNobody ? MqttReason.NoMatchingSubscribers : MqttReason.Success);
        if (isWanted && !isAgain)
        {
            _router.Route(MessageOf((MqttPacket.Publish)Parse(packet), route.Topic), audience);
        }

        return true;
    }

    /// <summary>The route of its topic, or of the topic that its alias stands for on this connection.</summary>
    private TopicRoute RouteOf(in PublishView publish)
    {
        var alias = publish.TopicAlias;
        if (alias == 0)
        {
            return Topics.Find(publish.Topic);
        }

        if (alias > _options.TopicAliasMax)
        {
            throw new MqttProtocolException(
                MqttReason.TopicAliasInvalid, $"Topic alias {alias} is beyond {_options.TopicAliasMax}.");
        }

        if (_aliases.Length == 0)
        {
            _aliases = new TopicRoute?[_options.TopicAliasMax + 1];
        }

        if (!publish.Topic.IsEmpty)
        {
            return _aliases[alias] = Topics.Find(publish.Topic);
        }

        return _aliases[alias] ?? throw new MqttProtocolException(
            MqttReason.ProtocolError, $"Topic alias {alias} stands for no topic yet.");
    }

    private TopicRoute FindRoute(byte[] utf8, string topic)
    {
        var verdict = _session!.Principal.MayPublish(topic);
        return new TopicRoute(
            utf8, topic, verdict == MqttReason.Success ? _router.Intake.Find(topic) : null, verdict);
    }

    /// <summary>3.3.4: a 5.0 client has been told how many messages may be on their way at once.</summary>
    private void RequireRoom(in PublishView publish)
    {
        if (publish.QoS == MqttQoS.AtMostOnce || Version == MqttVersion.V311)
        {
            return;
        }

        var once = Volatile.Read(ref _unansweredOnce) + (_batch?.PubAckCount ?? 0);
        if (once + _session!.UnreleasedCount >= _options.ReceiveMax)
        {
            throw new MqttProtocolException(
                MqttReason.ReceiveMaximumExceeded, $"More than {_options.ReceiveMax} messages are unacknowledged.");
        }
    }

    /// <summary>
    /// 4.6: answers go out in the order of their PUBLISHes, so none overtakes those that wait for the journal.
    /// </summary>
    private void AnswerInOrder(in PublishView publish, MqttReason reason)
    {
        if (publish.QoS == MqttQoS.AtMostOnce)
        {
            return;
        }

        var type = publish.QoS == MqttQoS.AtLeastOnce ? MqttPacketType.PubAck : MqttPacketType.PubRec;
        var answer = new PublishAnswer(type, publish.PacketId, reason);
        if (_batch is null && Volatile.Read(ref _unanswered) == 0)
        {
            Output.WriteAnswers(MemoryMarshal.CreateReadOnlySpan(ref answer, 1), Version);
            return;
        }

        _batch ??= PublishBatch.Rent(this, gate: null);
        _batch.Add(answer);
    }

    /// <summary>
    /// PUBREL. That a message of the journal is released must be there before its client hears of it and may use the id
    /// again: after a crash the next message would be taken for this one.
    /// </summary>
    private void Release(ushort packetId)
    {
        var (wasTaken, isJournalled) = _session!.Release(packetId);
        var answer = new PublishAnswer(
            MqttPacketType.PubComp, packetId, wasTaken ? MqttReason.Success : MqttReason.PacketIdentifierNotFound);
        if (!isJournalled)
        {
            Answer(answer);
            return;
        }

        _batch ??= PublishBatch.Rent(this, gate: null);
        _batch.Add(new TakenMessage(ClientId, packetId, IsReleased: true));
        _batch.Add(answer);
    }

    private BrokerMessage MessageOf(MqttPacket.Publish publish, string topic) => new(
        topic, publish.Payload, publish.QoS, publish.Retain, ClientId,
        BrokerMessage.Passed(publish.Properties), _options.NetworkTime.GetTimestamp());

    private MqttPacket Parse(ReadOnlySpan<byte> packet)
    {
        var bytes = new ReadOnlySequence<byte>(packet.ToArray());
        return MqttCodec.TryRead(ref bytes, Version, _options.PacketBytesMax, out var read)
            ? read
            : throw new MqttProtocolException(MqttReason.MalformedPacket, "The packet is not whole.");
    }
}
