namespace Hub.Edge.Forwarding;

/// <summary>The way to the hub, as the forwarder needs it.</summary>
public interface IUplink
{
    bool IsConnected { get; }

    /// <summary>Completes at the next change between connected and not.</summary>
    Task WhenChanged();

    /// <summary>Completes when the hub has acknowledged it; survives reconnects.</summary>
    /// <exception cref="UplinkRefusedException">The hub answered, and does not want it.</exception>
    Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel);
}
