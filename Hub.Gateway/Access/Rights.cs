using Hub.Gateway.Broker;
using Hub.Transport.Messages;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Access;

/// <summary>What a name may: what its patterns say, and nothing else.</summary>
internal sealed class Rights(string name, IReadOnlyList<string> publish, IReadOnlyList<string> subscribe)
    : Principal(name)
{
    public IReadOnlyList<string> Publish => publish;

    public IReadOnlyList<string> Subscribe => subscribe;

    /// <summary>A device speaks under its own name, and hears what is meant for it.</summary>
    public static Rights OfDevice(string name) => new(
        name,
        [Topics.Readings(name), Topics.Events(name), Topics.Status(name), Topics.Ack(name), Topics.Local(name, "#")],
        [Topics.Config(name), Topics.Command(name), Topics.Kiosk(name, "+")]);

    public bool IsSameAs(Rights other) =>
        publish.SequenceEqual(other.Publish) && subscribe.SequenceEqual(other.Subscribe);

    public override MqttReason MayPublish(string topic) =>
        publish.Any(pattern => TopicFilter.Matches(pattern, topic))
            ? MqttReason.Success
            : MqttReason.NotAuthorized;

    public override MqttReason MaySubscribe(string filter) =>
        subscribe.Any(pattern => TopicPattern.Covers(pattern, filter))
            ? MqttReason.Success
            : MqttReason.NotAuthorized;
}
