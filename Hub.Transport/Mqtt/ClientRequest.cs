namespace Hub.Transport.Mqtt;

/// <summary>
/// A SUBSCRIBE or UNSUBSCRIBE that waits for its answer; sent again on the next connection if that didn't come.
/// </summary>
internal sealed class ClientRequest
{
    public IReadOnlyList<MqttSubscription> Subscriptions { get; init; } = [];

    public IReadOnlyList<string> Unsubscriptions { get; init; } = [];

    /// <summary>0 while it isn't sent on this connection.</summary>
    public ushort PacketId { get; set; }

    public TaskCompletionSource<IReadOnlyList<MqttReason>> Answer { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MqttPacket ToPacket() => Subscriptions.Count > 0
        ? new MqttPacket.Subscribe(PacketId, Subscriptions)
        : new MqttPacket.Unsubscribe(PacketId, Unsubscriptions);
}
