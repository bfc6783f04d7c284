using System.IO.Enumeration;
using Hub.Rules.Site;

namespace Hub.Rules.Packs;

/// <summary>Where a rule looks. An empty list leaves that side open; all sides must agree.</summary>
public sealed record RuleScope
{
    public static readonly RuleScope Everywhere = new();

    public IReadOnlyList<SpaceKind> SpaceKinds { get; init; } = [];

    public OccupancyScope Occupancy { get; init; }

    /// <summary>Building ids.</summary>
    public IReadOnlyList<string> Buildings { get; init; } = [];

    /// <summary>Space ids; <c>*</c> and <c>?</c> as in file names.</summary>
    public IReadOnlyList<string> Spaces { get; init; } = [];

    /// <summary>Words of which the space carries one at least.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Site-wide device ids; <c>*</c> and <c>?</c> as in file names.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Signal names; <c>*</c> and <c>?</c> as in file names. Empty: the signals the detector reads.</summary>
    public IReadOnlyList<string> Signals { get; init; } = [];

    /// <summary>Whether the rule looks at this point at all; occupancy is asked anew at each evaluation.</summary>
    public bool Covers(Point point, Space space) =>
        Covers(space) && MatchesAny(Devices, point.DeviceId) && MatchesAny(Signals, point.Signal);

    /// <summary>Whether it looks into this space, at some device or other.</summary>
    public bool Covers(Space space) =>
        (SpaceKinds.Count == 0 || SpaceKinds.Contains(space.Kind))
        && (Buildings.Count == 0 || Buildings.Contains(space.Building))
        && (Tags.Count == 0 || Tags.Any(space.HasTag))
        && MatchesAny(Spaces, space.Id);

    /// <summary>Whether the rule looks at a space in this state.</summary>
    public bool Allows(bool isVacant) => Occupancy switch
    {
        OccupancyScope.Any => true,
        OccupancyScope.Vacant => isVacant,
        OccupancyScope.Occupied => !isVacant,
        _ => throw new InvalidOperationException($"Unknown occupancy scope {Occupancy}."),
    };

    private static bool MatchesAny(IReadOnlyList<string> patterns, string name) =>
        patterns.Count == 0
        || patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
}
