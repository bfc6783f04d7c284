using Hub.Gateway.Adapters;
using Hub.Rules.Site;

namespace Hub.Gateway.Ingest;

/// <summary>
/// One adapter at work, in the place of an edge. Everything but the gate needs the gate.
/// </summary>
internal sealed class AdapterIntake(DeclaredAdapter declared, EdgeIntake edge, AdapterOptions options)
{
    // A device that has been proposed is proposed again only when it says something else about itself.
    private readonly Dictionary<string, DeviceCard> _proposed = new(StringComparer.Ordinal);

    private long _topicsVersion;

    public DeclaredAdapter Declared { get; } = declared;

    public IAdapter Adapter { get; } = AdapterCatalogue.Make(declared);

    public EdgeIntake Edge { get; } = edge;

    public AdapterOptions Options { get; } = options;

    public Decoded Decoded { get; } = new(options);

    public Packs Packs { get; } = new();

    /// <summary>Whether the adapter claims topics that it didn't claim when this was asked last.</summary>
    public bool TakeNewTopics()
    {
        var before = _topicsVersion;
        _topicsVersion = Adapter.TopicsVersion;
        return before != _topicsVersion;
    }

    /// <summary>What of these cards is news, of signals that nobody has commissioned.</summary>
    public List<DeviceCard> News(SiteSnapshot site, SiteFile file)
    {
        List<DeviceCard> news = [];
        foreach (var card in Decoded.Cards)
        {
            if (file.PatternFor(Edge.Edge, card.Device) is { IsAutomatic: true })
            {
                continue;
            }

            List<CardSignal> unknown = [.. card.Signals.Where(signal =>
                site.Find(Point.IdOf(Edge.Edge, card.Device, signal.Signal)) is null)];
            var left = card with { Signals = unknown };
            if (unknown.Count > 0 && !IsProposed(left))
            {
                news.Add(left);
            }
        }

        return news;
    }

    /// <summary>Learns again what it knew before the restart; what was proposed then is not proposed anew.</summary>
    public void Recall(AdapterMessage message, SiteSnapshot site, SiteFile file)
    {
        Decoded.Clear();
        Adapter.Decode(message, Decoded);
        News(site, file);
    }

    private bool IsProposed(DeviceCard card)
    {
        if (_proposed.TryGetValue(card.Device, out var before)
            && (before.Name, before.Model) == (card.Name, card.Model)
            && card.Signals.All(before.Signals.Contains))
        {
            return true;
        }

        if (_proposed.Count >= Options.DevicesMax)
        {
            _proposed.Clear();
        }

        _proposed[card.Device] = card;
        return false;
    }
}
