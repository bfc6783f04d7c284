using Hub.Gateway.Broker;
using Hub.Transport.Messages;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>A broker that keeps what was retained and remembers what was sent; it can be away.</summary>
internal sealed class FakeDownlink : IDownlink
{
    public List<(string Topic, KioskStateMessage Message)> Sent { get; } = [];

    public bool IsAway { get; set; }

    public KioskStateMessage Last(string topic) => Sent.Last(sent => sent.Topic == topic).Message;

    public ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        if (IsAway)
        {
            throw new IOException("The broker is away.");
        }

        Assert.True(retain);
        Assert.True(KioskStateMessage.TryRead(payload.Span, out var message, out var fault), fault);
        Sent.Add((topic, message));
        return ValueTask.CompletedTask;
    }
}
