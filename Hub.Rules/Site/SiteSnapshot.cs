using System.Collections.Immutable;
using Hub.Rules.Readings;

namespace Hub.Rules.Site;

/// <summary>
/// What is where, and who lives there: one immutable picture, replaced whole by each <see cref="SiteChange"/>.
/// </summary>
public sealed record SiteSnapshot
{
    public static readonly SiteSnapshot Empty = new();

    public ImmutableDictionary<string, Space> Spaces { get; private init; } = ImmutableDictionary<string, Space>.Empty;

    public ImmutableDictionary<int, Point> Points { get; private init; } = ImmutableDictionary<int, Point>.Empty;

    public ImmutableDictionary<string, PointNumber> PointNumbers { get; private init; } =
        ImmutableDictionary<string, PointNumber>.Empty;

    public ImmutableDictionary<string, ImmutableList<PlannedWindow>> Windows { get; private init; } =
        ImmutableDictionary<string, ImmutableList<PlannedWindow>>.Empty;

    /// <summary>Windows, as announced, that somebody has ended early: a site file doesn't bring them back.</summary>
    public ImmutableHashSet<PlannedWindow> WindowsWithdrawn { get; private init; } = [];

    /// <summary>Spaces as they were last described, before anybody moved: what a site file is compared with.</summary>
    public ImmutableDictionary<string, Space> SpacesAsDefined { get; private init; } =
        ImmutableDictionary<string, Space>.Empty;

    /// <summary>Points as they were last described, before a meter was exchanged or a unit agreed on.</summary>
    public ImmutableDictionary<int, Point> PointsAsDescribed { get; private init; } =
        ImmutableDictionary<int, Point>.Empty;

    /// <summary>The active rule packs by id.</summary>
    public ImmutableSortedDictionary<string, SiteChange.RulesActivated> Packs { get; private init; } =
        ImmutableSortedDictionary.Create<string, SiteChange.RulesActivated>(StringComparer.Ordinal);

    /// <summary>The packs as the hub's files last had them: only a file that has changed since is taken anew.</summary>
    public ImmutableSortedDictionary<string, SiteChange.RulesActivated> PacksFromFiles { get; private init; } =
        ImmutableSortedDictionary.Create<string, SiteChange.RulesActivated>(StringComparer.Ordinal);

    /// <summary>Hashes of the pack texts that have gone through a backtest here.</summary>
    public ImmutableHashSet<string> TestedTexts { get; private init; } = [];

    /// <summary>The highest point number ever given.</summary>
    public int PointNumberLast { get; private init; }

    public Point? Find(PointId id) => PointNumbers.TryGetValue(id.Value, out var number) ? Points[number.Value] : null;

    public Point? Find(PointNumber number) => Points.GetValueOrDefault(number.Value);

    public Space? SpaceOf(Point point) => Spaces.GetValueOrDefault(point.SpaceId);

    /// <summary>The planned window that covers <paramref name="at"/> in that space, if one does.</summary>
    public PlannedWindow? WindowAt(string spaceId, DateTimeOffset at) =>
        Windows.TryGetValue(spaceId, out var windows) ? windows.Find(window => window.Covers(at)) : null;

    public SiteSnapshot With(SiteChange change) => change switch
    {
        SiteChange.SpaceDefined { Space: var space } => this with
        {
            Spaces = Spaces.SetItem(space.Id, space),
            SpacesAsDefined = SpacesAsDefined.SetItem(space.Id, space),
        },
        SiteChange.PointCommissioned { Point: var point } => this with
        {
            Points = Points.SetItem(point.Number.Value, Described(point)),
            PointsAsDescribed = PointsAsDescribed.SetItem(point.Number.Value, point),
            PointNumbers = PointNumbers.SetItem(point.Id.Value, point.Number),
            PointNumberLast = Math.Max(PointNumberLast, point.Number.Value),
        },
        SiteChange.PointRetired { Point: var number } => Find(number) is { } point
            ? this with { Points = Points.Remove(number.Value), PointNumbers = PointNumbers.Remove(point.Id.Value) }
            : this,
        SiteChange.OccupancyChanged moved => Spaces.TryGetValue(moved.SpaceId, out var home)
            ? this with { Spaces = Spaces.SetItem(home.Id, Moved(home, moved)) }
            : this,
        SiteChange.WindowPlanned { Window: var window } => this with
        {
            Windows = Windows.SetItem(
                window.SpaceId, Windows.GetValueOrDefault(window.SpaceId, []).Remove(window).Add(window)),
        },
        SiteChange.WindowWithdrawn { Window: var window, At: var at } => this with
        {
            WindowsWithdrawn = WindowsWithdrawn.Add(window),
            Windows = Windows.SetItem(
                window.SpaceId,
                Windows.GetValueOrDefault(window.SpaceId, []).Remove(window)
                    .AddRange(new[] { window.Until(at) }.OfType<PlannedWindow>())),
        },
        SiteChange.MeterExchanged exchanged => WithPoint(exchanged.Point, point => Exchanged(point, exchanged)),
        SiteChange.UnitAgreed agreed => WithPoint(
            agreed.Point, point => point with { Sent = agreed.Sent, RefusedUnit = null }),
        SiteChange.UnitRefused refused => WithPoint(
            refused.Point, point => point with { RefusedUnit = refused.Unit }),
        SiteChange.RulesActivated pack => this with
        {
            Packs = Packs.SetItem(pack.PackId, pack),
            PacksFromFiles = pack.By is null ? PacksFromFiles.SetItem(pack.PackId, pack) : PacksFromFiles,
        },
        SiteChange.RulesTested tested => this with { TestedTexts = TestedTexts.Add(tested.TextHash) },
        _ => throw new InvalidOperationException($"Unknown site change {change.GetType().Name}."),
    };

    private SiteSnapshot WithPoint(PointNumber number, Func<Point, Point> change) => Find(number) is { } point
        ? this with { Points = Points.SetItem(number.Value, change(point)) }
        : this;

    /// <summary>A point described anew still comes in the unit that was agreed on.</summary>
    private Point Described(Point point) => Find(point.Number) is { } known
        ? point with { Sent = point.Sent ?? known.Sent, RefusedUnit = known.RefusedUnit }
        : point;

    private static Space Moved(Space space, SiteChange.OccupancyChanged moved) => space with
    {
        Occupancy = moved.Occupancy,
        VacantSince = moved.Occupancy == Occupancy.Occupied ? null
            : moved.Since ?? (space.IsVacant ? space.VacantSince : moved.At),
    };

    private static Point Exchanged(Point point, SiteChange.MeterExchanged exchanged) =>
        point with { Meter = (point.Meter ?? new Meter()) with { Serial = exchanged.NewSerial } };
}
