using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>One subscription of one session.</summary>
/// <param name="Session">Whose.</param>
/// <param name="How">What it asked for, with the QoS that was granted.</param>
/// <param name="Identifier">What the client calls it; 0 for nothing.</param>
internal readonly record struct Subscriber(Session Session, MqttSubscription How, uint Identifier);
