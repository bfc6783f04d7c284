using Hub.Gateway.Adapters;
using Hub.Rules.Site;

namespace Hub.Gateway.Ingest;

/// <summary>
/// The adapters of the site file in force. A new file keeps those whose declaration is the same, with what they have
/// learnt; the others begin anew.
/// </summary>
internal sealed class AdapterTable(Func<string, EdgeIntake> edgeOf, AdapterOptions options)
{
    private readonly Lock _gate = new();
    private volatile Picture _picture = new(SiteFile.Empty, []);

    /// <summary>
    /// Whose topic it is; null for a topic that no adapter claims. The first in the file's order wins.
    /// </summary>
    public AdapterIntake? Find(SiteFile file, string topic)
    {
        foreach (var adapter in Of(file))
        {
            if (adapter.Owns(topic))
            {
                return adapter;
            }
        }

        return null;
    }

    public IEnumerable<string> TopicFilters(SiteFile file) =>
        Of(file).SelectMany(adapter => adapter.Adapter.TopicFilters.Select(filter =>
            Forwarded.FilterFor(adapter.Declared, filter)));

    private IReadOnlyList<AdapterIntake> Of(SiteFile file)
    {
        if (ReferenceEquals(_picture.File, file))
        {
            return _picture.Adapters;
        }

        lock (_gate)
        {
            if (!ReferenceEquals(_picture.File, file))
            {
                var before = _picture.Adapters;
                _picture = new Picture(file, [.. file.Adapters.Select(declared =>
                    before.FirstOrDefault(known => known.Declared == declared)
                    ?? new AdapterIntake(declared, edgeOf(declared.Id), options))]);
            }

            return _picture.Adapters;
        }
    }

    private sealed record Picture(SiteFile File, IReadOnlyList<AdapterIntake> Adapters);
}
