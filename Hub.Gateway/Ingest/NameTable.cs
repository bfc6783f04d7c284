using Hub.Rules.Site;

namespace Hub.Gateway.Ingest;

/// <summary>
/// The names of one edge, from their bytes to their points, for one picture of the site: a reading then costs a hash
/// and a comparison, not a string. A new picture empties it.
/// </summary>
internal sealed class NameTable
{
    private readonly string _edge;
    private readonly int _namesMax;
    private readonly Dictionary<byte[], ResolvedName> _names = new(Utf8Names.Comparer);
    private readonly Dictionary<byte[], ResolvedName>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;
    private object? _site;
    private object? _file;

    public NameTable(string edge, int namesMax)
    {
        (_edge, _namesMax) = (edge, namesMax);
        _byBytes = _names.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>
    /// The picture of the site, and the site file, whose patterns may commission what was unknown before.
    /// </summary>
    public void Use(SiteSnapshot site, object file)
    {
        if (!ReferenceEquals(site, _site) || !ReferenceEquals(file, _file))
        {
            _names.Clear();
            (_site, _file) = (site, file);
        }
    }

    /// <summary>What the name means; null if it is not known whether anybody has commissioned it.</summary>
    public ResolvedName? Find(ReadOnlySpan<byte> name, SiteSnapshot site)
    {
        if (_byBytes.TryGetValue(name, out var known))
        {
            return known;
        }

        var point = PointName.Of(_edge, name);
        return site.Find(Point.IdOf(_edge, point.Device, point.Signal)) is { } found
            ? Keep(name, new ResolvedName(point, found))
            : null;
    }

    /// <summary>Nobody has commissioned it: so it stays until the site changes.</summary>
    public void KeepUnknown(ReadOnlySpan<byte> name) => Keep(name, new ResolvedName(PointName.Of(_edge, name), null));

    private ResolvedName Keep(ReadOnlySpan<byte> name, ResolvedName resolved)
    {
        if (_names.Count >= _namesMax)
        {
            _names.Clear();
        }

        return _byBytes[name] = resolved;
    }
}
