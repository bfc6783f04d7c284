using Hub.Gateway.Broker;

namespace Hub.Gateway.Attach;

/// <summary>The hub's own listener, and the site's broker beside it.</summary>
internal sealed class BothDownlinks(IDownlink own, IDownlink attached) : IDownlink
{
    public async ValueTask PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        await own.PublishAsync(topic, payload, retain, cancel);
        await attached.PublishAsync(topic, payload, retain, cancel);
    }
}
