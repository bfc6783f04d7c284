namespace Hub.Transport.Mqtt;

/// <summary>One topic filter of a SUBSCRIBE and its options (5.0: 3.8.3.1). 3.1.1 knows the QoS alone.</summary>
/// <param name="Filter">
/// At least one character. The codec leaves its wildcards unjudged: the answer to a bad filter is a SUBACK with
/// <see cref="MqttReason.TopicFilterInvalid"/>, for which there is <see cref="TopicFilter.IsValid(string)"/>.
/// </param>
/// <param name="QoS">The most the subscriber wants.</param>
/// <param name="NoLocal">Not what this client publishes itself.</param>
/// <param name="RetainAsPublished">Keep the RETAIN flag as it was published.</param>
/// <param name="RetainHandling">When retained messages are sent.</param>
public sealed record MqttSubscription(
    string Filter,
    MqttQoS QoS,
    bool NoLocal = false,
    bool RetainAsPublished = false,
    MqttRetainHandling RetainHandling = MqttRetainHandling.Send);
