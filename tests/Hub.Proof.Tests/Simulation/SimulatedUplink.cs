using System.Text;
using System.Text.Json.Nodes;
using Hub.Edge.Forwarding;
using Hub.Transport.Mqtt;

namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// The edge's MQTT client on the simulated network: the real window of what is in flight, sent again after a reconnect.
/// </summary>
internal sealed class SimulatedUplink(string edge, SimulatedNetwork network, Func<DateTimeOffset> now, Bait bait) : IUplink
{
    private const int WindowMax = 16;
    private readonly OutgoingWindow _window = new();
    private long _newSequence = 1_000_000;

    /// <summary>The link in use; null while there is none.</summary>
    public int? Link { get; private set; }

    public long Resent { get; private set; }

    public int Waiting => _window.Count;

    public bool IsConnected => Link is not null;

    public Task WhenChanged() => Task.CompletedTask;

    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        var publish = new OutgoingPublish(new MqttMessage(topic, payload.ToArray()));
        _window.Add(publish);
        return bait == Bait.OutboxDeletedBeforePubAck ? Task.CompletedTask : publish.Answer.Task;
    }

    /// <summary>Which start of the hub the link leads to.</summary>
    public int HubStart { get; private set; }

    public void Connect(int hubStart, bool sessionPresent)
    {
        (Link, HubStart) = (network.Open(), hubStart);
        if (bait == Bait.InFlightForgottenAtReconnect)
        {
            _window.Clear().ForEach(Answer);
        }

        _window.Connect(sessionPresent, WindowMax);
    }

    public void Disconnect()
    {
        if (Link is { } link)
        {
            network.Cut(link);
            _window.Disconnect();
            Link = null;
        }
    }

    public void SendAll()
    {
        while (Link is { } link && _window.TakeNext() is { } publish)
        {
            Resent += publish.Dup ? 1 : 0;
            var payload = publish.Message.Payload.ToArray();
            payload = publish.Dup && bait == Bait.RetransmitWithNewSequence ? Renumbered(payload) : payload;
            network.Send(new Packet(link, edge, publish.PacketId, publish.Message.Topic, payload), now());
        }
    }

    public void Acknowledged(Packet ack)
    {
        if (ack.Link == Link && _window.Acknowledge(ack.Id) is { } publish)
        {
            Answer(publish);
        }
    }

    private static void Answer(OutgoingPublish publish) => publish.Answer.TrySetResult(new MqttPublishResult(MqttReason.Success));

    private byte[] Renumbered(byte[] payload)
    {
        var pack = JsonNode.Parse(payload)!.AsArray();
        pack[0]!["sq"] = _newSequence;
        _newSequence += pack.Count;
        return Encoding.UTF8.GetBytes(pack.ToJsonString());
    }
}
