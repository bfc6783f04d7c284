namespace Hub.Transport.Mqtt;

/// <summary>A connection ended, or an attempt failed.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Reason">The code that goes with it.</param>
/// <param name="Sentence">What it means, for an operator.</param>
public sealed record MqttDisconnected(MqttDisconnectKind Kind, MqttReason Reason, string Sentence)
{
    /// <summary>When the next attempt follows; null if none does.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
