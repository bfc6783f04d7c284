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

    private readonly SetAsideBudget _announcements = new();
    private long _topicsVersion;

    public DeclaredAdapter Declared { get; } = declared;

    public IAdapter Adapter { get; } = AdapterCatalogue.Make(declared);

    public EdgeIntake Edge { get; } = edge;

    public AdapterOptions Options { get; } = options;

    public Decoded Decoded { get; } = new(options);

    public Packs Packs { get; } = new();

    /// <summary>Whether messages of that topic, as it is at the hub, are its business.</summary>
    public bool Owns(string topic) => Forwarded.TopicFor(Declared, topic) is { } own && Adapter.Owns(own);

    /// <inheritdoc cref="IAdapter.IsDescription"/>
    public bool IsDescription(string topic) =>
        Forwarded.TopicFor(Declared, topic) is { } own && Adapter.IsDescription(own);

    /// <summary>Whether the adapter claims topics that it didn't claim when this was asked last.</summary>
    public bool TakeNewTopics()
    {
        var before = _topicsVersion;
        _topicsVersion = Adapter.TopicsVersion;
        return before != _topicsVersion;
    }

    /// <summary>Whether one more announcement may be kept in this minute.</summary>
    public bool MayAnnounce(DateTimeOffset now) => _announcements.TryUse(now, Options.AnnouncementsPerMinuteMax);

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

            var before = _proposed.GetValueOrDefault(card.Device);
            var isSame = (before?.Name, before?.Model) == (card.Name, card.Model);
            List<CardSignal> unknown = [.. card.Signals.Where(signal =>
                !(isSame && before!.Signals.Contains(signal))
                && site.Find(Point.IdOf(Edge.Edge, card.Device, signal.Signal)) is null)];
            if (unknown.Count > 0)
            {
                news.Add(card with { Signals = unknown });
            }
        }

        return news;
    }

    /// <summary>These have been proposed.</summary>
    public void Note(IEnumerable<DeviceCard> proposed)
    {
        foreach (var card in proposed)
        {
            if (_proposed.Count >= Options.DevicesMax)
            {
                _proposed.Clear();
            }

            var before = _proposed.GetValueOrDefault(card.Device)?.Signals ?? [];
            _proposed[card.Device] = card with { Signals = [.. card.Signals.Union(before).Take(Options.SignalsMax)] };
        }
    }

    /// <summary>Learns again what it knew before the restart; what was proposed then is not proposed anew.</summary>
    public void Recall(AdapterMessage message, SiteSnapshot site, SiteFile file)
    {
        Decoded.Clear();
        Adapter.Decode(message, Decoded);
        Note(News(site, file));
    }
}
