using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>Everybody who is let in may do everything, but subscribe to what is closed.</summary>
internal sealed class OpenAccess(BrokerOptions options) : IBrokerAccess
{
    public MqttReason MayPublish(string clientId, string topic) => MqttReason.Success;

    // Not "not authorized": nobody is, so there is nothing that another name would change.
    public MqttReason MaySubscribe(string clientId, string filter) =>
        options.ClosedFilters.Contains(filter, StringComparer.Ordinal)
            ? MqttReason.UnspecifiedError
            : MqttReason.Success;
}
