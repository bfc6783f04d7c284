using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>What is kept of a session, but its messages.</summary>
/// <param name="Owner">The name of its principal; empty for the anonymous.</param>
/// <param name="Expiry">How long it lives without a connection.</param>
/// <param name="AwayAt">When its connection ended; null while there is one.</param>
/// <param name="Will">A will that waits for its delay.</param>
/// <param name="Subscriptions">With what the client calls each, or 0.</param>
/// <param name="Unreleased">QoS 2 messages of the client that were taken and not released.</param>
internal sealed record SessionState(
    string Owner, TimeSpan Expiry, DateTimeOffset? AwayAt, MqttWill? Will,
    IReadOnlyList<(MqttSubscription How, uint Identifier)> Subscriptions, IReadOnlyList<ushort> Unreleased);
