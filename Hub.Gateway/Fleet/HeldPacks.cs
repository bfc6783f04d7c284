using System.Text;
using Hub.Gateway.Adapters;
using Hub.Rules.Engine;
using Hub.Rules.Site;
using Hub.Transport.Messages;

namespace Hub.Gateway.Fleet;

/// <summary>
/// The packs in a message that was set aside. A third-party message that was unreadable is read with the adapter as the
/// site file declares it now, one that knows nothing yet: what it was told of its devices belongs to the live one.
/// </summary>
internal static class HeldPacks
{
    public static (string Edge, IReadOnlyList<byte[]> Packs) Of(SetAsideRow row, SiteFile file)
    {
        var isOurs = Topics.TryParse(Encoding.UTF8.GetBytes(row.Topic), out _, out _);
        if (row.Kind != SetAsideKind.Unreadable || isOurs)
        {
            return (row.Source, [row.Payload]);
        }

        foreach (var declared in file.Adapters)
        {
            var adapter = AdapterCatalogue.Make(declared);
            if (Forwarded.TopicFor(declared, row.Topic) is { } own && adapter.Owns(own))
            {
                return (declared.Id, Decode(declared, adapter, row));
            }
        }

        return (row.Source, []);
    }

    private static List<byte[]> Decode(DeclaredAdapter declared, IAdapter adapter, SetAsideRow row)
    {
        var receivedAt = new DateTimeOffset(row.ReceivedAt, TimeSpan.Zero);
        var decoded = new Decoded(new AdapterOptions());
        if (!Forwarded.TryOpen(declared, row.Topic, row.Payload, receivedAt, out var message, out var clock))
        {
            return [];
        }

        adapter.Decode(message, decoded);
        using var packs = new Packs();
        return decoded.Refusal is null ? packs.Of(decoded, message.Now, clock) : [];
    }
}
