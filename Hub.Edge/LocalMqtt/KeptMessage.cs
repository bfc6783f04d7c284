namespace Hub.Edge.LocalMqtt;

/// <summary>A message of the local broker's, on its way to the hub.</summary>
/// <param name="At">When it came.</param>
/// <param name="Topic">As it is beside the edge.</param>
/// <param name="IsRetained">The hub shall keep it as the local broker does.</param>
public sealed record KeptMessage(DateTimeOffset At, string Topic, ReadOnlyMemory<byte> Payload, bool IsRetained);
