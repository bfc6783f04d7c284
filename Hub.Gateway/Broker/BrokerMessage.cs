using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>A message on its way to subscribers; shared by all of them.</summary>
/// <param name="Topic">Where to.</param>
/// <param name="Payload">Its own bytes.</param>
/// <param name="QoS">As published.</param>
/// <param name="Retain">As published.</param>
/// <param name="Publisher">The client id, for subscriptions that don't want their own.</param>
/// <param name="Properties">What 5.0 passes on.</param>
/// <param name="ReceivedAt">A timestamp of the network clock, for expiry.</param>
internal sealed record BrokerMessage(
    string Topic, ReadOnlyMemory<byte> Payload, MqttQoS QoS, bool Retain, string Publisher, MqttProperties Properties,
    long ReceivedAt)
{
    /// <summary>
    /// The properties that are the message's own and travel with it (3.3.2.3); an alias or an identifier doesn't.
    /// </summary>
    public static MqttProperties Passed(MqttProperties from) => ReferenceEquals(from, MqttProperties.None)
        ? from
        : new MqttProperties
        {
            PayloadFormat = from.PayloadFormat,
            MessageExpiry = from.MessageExpiry,
            ContentType = from.ContentType,
            ResponseTopic = from.ResponseTopic,
            CorrelationData = from.CorrelationData,
            UserProperties = from.UserProperties,
        };

    /// <summary>With what is left of its expiry (3.3.2.3.3); null when it has expired.</summary>
    public MqttProperties? PropertiesAt(TimeProvider time)
    {
        if (Properties.MessageExpiry is not { } seconds)
        {
            return Properties;
        }

        var left = seconds - time.GetElapsedTime(ReceivedAt).TotalSeconds;
        return left <= 0 ? null : Properties with { MessageExpiry = (uint)Math.Ceiling(left) };
    }
}
