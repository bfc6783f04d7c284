using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// Whose a session was in an earlier run of the hub. What it may is not known before its client returns; its
/// subscriptions stand until then.
/// </summary>
internal sealed class FormerPrincipal(string name) : Principal(name)
{
    public override MqttReason MayPublish(string topic) => MqttReason.NotAuthorized;

    public override MqttReason MaySubscribe(string filter) => MqttReason.NotAuthorized;
}
