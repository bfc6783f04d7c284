namespace Hub.Transport.Mqtt;

/// <summary>A message on its way out, from the call to its PUBACK.</summary>
internal sealed class OutgoingPublish(MqttMessage message, bool isBirth = false)
{
    public MqttMessage Message => message;

    /// <summary>Belongs to one connection, and is not resent on the next: that has its own.</summary>
    public bool IsBirth => isBirth;

    /// <summary>0 until it is sent.</summary>
    public ushort PacketId { get; set; }

    /// <summary>Sent before in this session.</summary>
    public bool Dup { get; set; }

    public TaskCompletionSource<MqttPublishResult> Answer { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
