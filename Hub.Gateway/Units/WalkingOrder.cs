using Hub.Rules.Site;

namespace Hub.Gateway.Units;

/// <summary>As a butler walks: building by building, entrance by entrance, up by lift and down the stairs.</summary>
public static class WalkingOrder
{
    public static IOrderedEnumerable<Space> Of(IEnumerable<Space> units) => units
        .OrderBy(unit => unit.Building, StringComparer.Ordinal)
        .ThenBy(unit => unit.Entrance, StringComparer.Ordinal)
        .ThenByDescending(unit => unit.Floor ?? int.MinValue)
        .ThenBy(unit => unit.Id, StringComparer.Ordinal);
}
