using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// Who may publish and subscribe to what. Asked once for each topic of a connection and once for each filter, never for
/// a message.
/// </summary>
public interface IBrokerAccess
{
    /// <summary>Success, or the reason that the publisher is answered with.</summary>
    MqttReason MayPublish(string clientId, string topic);

    /// <summary>Success, or the reason that stands in the SUBACK.</summary>
    /// <param name="clientId">Who asks.</param>
    /// <param name="filter">Valid; of a shared subscription the part behind the share's name.</param>
    MqttReason MaySubscribe(string clientId, string filter);
}
