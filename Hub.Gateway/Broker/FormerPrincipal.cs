using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// Whose a session was in an earlier run of the hub. What it may is not known before its client returns; its
/// subscriptions stand until then, or until whoever has the name now is over.
/// </summary>
/// <param name="name">The name.</param>
/// <param name="find">Who has a name now; asked when that is known.</param>
internal sealed class FormerPrincipal(string name, Func<string, Principal?> find) : Principal(name)
{
    private Principal? _present;

    public override bool IsOver => (_present ??= find(Name)) is { IsOver: true };

    public override MqttReason MayPublish(string topic) => MqttReason.NotAuthorized;

    public override MqttReason MaySubscribe(string filter) => MqttReason.NotAuthorized;
}
