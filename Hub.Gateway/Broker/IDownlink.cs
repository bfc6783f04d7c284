namespace Hub.Gateway.Broker;

/// <summary>
/// What goes back to the edges: retained kiosk states and configuration, commands. The broker implements it; a site
/// that has its own broker puts a client behind it.
/// </summary>
public interface IDownlink
{
    /// <summary>
    /// Publishes to every session that is subscribed to the topic; a retained message is kept for later ones.
    /// </summary>
    ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel);
}
