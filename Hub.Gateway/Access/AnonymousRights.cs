using Hub.Gateway.Broker;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Access;

/// <summary>Whoever is on this machine, where the hub was told to trust it: everything.</summary>
internal sealed class AnonymousRights() : Principal("")
{
    public static readonly AnonymousRights Instance = new();

    public override MqttReason MayPublish(string topic) => MqttReason.Success;

    public override MqttReason MaySubscribe(string filter) => MqttReason.Success;
}
