namespace Hub.Transport.Mqtt;

/// <summary>What the server answered to a PUBLISH.</summary>
/// <param name="Reason">The PUBACK's, or what kept the message from being sent to this server at all.</param>
/// <param name="Sentence">The server's own words, or null.</param>
public readonly record struct MqttPublishResult(MqttReason Reason, string? Sentence = null)
{
    /// <summary>Below 0x80: the server has it.</summary>
    public bool IsAccepted => (byte)Reason < 0x80;
}
