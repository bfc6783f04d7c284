namespace Hub.Gateway.Adapters;

/// <summary>One third-party message; valid during the call.</summary>
public readonly ref struct AdapterMessage(string topic, ReadOnlySpan<byte> payload, DateTimeOffset now)
{
    public string Topic { get; } = topic;

    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>When it arrived.</summary>
    public DateTimeOffset Now { get; } = now;
}
