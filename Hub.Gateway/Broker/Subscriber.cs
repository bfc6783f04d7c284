using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>One session that a topic's messages go to, and how.</summary>
internal readonly record struct Subscriber(Session Session, MqttSubscription How, uint Identifier);
