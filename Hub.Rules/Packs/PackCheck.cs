using System.Globalization;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Packs;

/// <summary>
/// Whether the rules of a pack can see what they ask for on the meters they look at. A meter of 10 L a pulse shows a
/// leak of 3.8 L/h as one pulse in 2.6 h: a rule that wants to see it within 2 h is blind, and says "all is well".
/// </summary>
public static class PackCheck
{
    /// <summary>Fewer pulses than this don't tell a trickle from one short draw.</summary>
    public const int PulsesMin = 3;

    /// <summary>Every rule and meter that don't fit; empty if all is well.</summary>
    public static IReadOnlyList<PackFinding> Against(RulePack pack, SiteSnapshot site) =>
        Against(pack.Rules, site.Points.Values.OrderBy(point => point.Number.Value), site.Spaces.GetValueOrDefault);

    /// <summary>Every rule and declared meter that don't fit; empty if all is well.</summary>
    public static IReadOnlyList<PackFinding> Against(RulePack pack, SiteFile site)
    {
        var spaces = site.Spaces.ToDictionary(space => space.Id, StringComparer.Ordinal);
        var points = site.Points.Select((point, index) => point.At(new PointNumber(index + 1)));
        return Against(pack.Rules, points, spaces.GetValueOrDefault);
    }

    /// <summary>The meters of the site on which that one rule is blind.</summary>
    internal static IReadOnlyList<PackFinding> Against(Rule rule, PackSurroundings site)
    {
        var spaces = site.Spaces.ToDictionary(space => space.Id, StringComparer.Ordinal);
        return Against([rule], site.Points, spaces.GetValueOrDefault);
    }

    private static List<PackFinding> Against(
        IReadOnlyList<Rule> rules, IEnumerable<Point> points, Func<string, Space?> spaceOf) =>
    [
        .. from point in points
           let pulse = point.Meter?.PulseWeight
           let space = spaceOf(point.SpaceId)
           where pulse is not null && space is not null
           from rule in rules
           where DetectorCatalogue.Of(rule.Detector).Reads(point.Signal)
               && rule.Scope.Covers(point, space) && rule.Scope.Allows(space.IsVacant)
           from finding in Judge(rule, point, space, pulse.Value)
           select finding,
    ];

    private static IEnumerable<PackFinding> Judge(Rule rule, Point point, Space space, double pulse)
    {
        var isWater = point.Signal == Signal.WaterVolume;
        return (rule.Detector switch
        {
            "W2" => [Rate("min-flow", "lasting", 1e-3), Rate("fast-flow", "fast-lasting", 1e-3)],
            "W3" => [Sum(space.IsVacant ? "vacant-volume" : "volume", 1e-3)],
            "E1" or "E4" when !isWater && point.Signal != Signal.ElectricPower => [Rate("step", "lasting", 1e-3)],
            "E2" => [Sum("energy", 1)],
            _ => (PackFinding?[])[],
        }).OfType<PackFinding>();

        PackFinding? Rate(string parameter, string duration, double perUnit)
        {
            var hours = rule.Parameter(duration) / 3600;
            var perHour = rule.Parameter(parameter) * perUnit;
            var amount = perHour * hours;
            return Finding(
                parameter, amount, $"in {Say(hours)} h it sees {Say(amount / pulse)} pulses",
                () => $"set {duration} to {Say(Math.Ceiling(PulsesMin * pulse / perHour))} h or more");
        }

        PackFinding? Sum(string parameter, double perUnit)
        {
            var amount = rule.Parameter(parameter) * perUnit;
            return Finding(parameter, amount, $"that is {Say(amount / pulse)} pulses", () =>
                $"set {parameter} to {Say(PulsesMin * pulse / perUnit)} {UnitOf(rule, parameter)} or more");
        }

        PackFinding? Finding(string parameter, double amount, string seen, Func<string> cure)
        {
            // A factor of a billionth: 3 pulses of 0.1 must not fail on the last bit.
            return amount * (1 + 1e-9) >= PulsesMin * pulse ? null : new PackFinding(
                rule.Id, parameter, point.Id,
                $"it asks for {Say(rule.Parameter(parameter))} {UnitOf(rule, parameter)}, but the meter counts"
                + $" {Say(pulse)} {Signal.Of(point.Signal).Unit} a pulse: {seen}, and it takes {PulsesMin}; {cure()},"
                + " or fit a finer meter");
        }
    }

    private static string UnitOf(Rule rule, string parameter) =>
        PackWords.UnitOf(DetectorCatalogue.Of(rule.Detector).Parameter(parameter).Dimension);

    private static string Say(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
