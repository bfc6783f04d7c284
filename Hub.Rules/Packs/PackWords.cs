using Hub.Rules.Alarms;
using Hub.Rules.Site;

namespace Hub.Rules.Packs;

/// <summary>The words of a rule pack, for its reader and its schema alike.</summary>
public static class PackWords
{
    /// <summary>What stands for "no order, only a line in the log".</summary>
    public const string NoOrder = "none";

    public static readonly IReadOnlyDictionary<string, SpaceKind> Kinds = SiteWords.Kinds;

    public static readonly IReadOnlyDictionary<string, OccupancyScope> Occupancies =
        new Dictionary<string, OccupancyScope>
        {
            ["any"] = OccupancyScope.Any,
            ["vacant"] = OccupancyScope.Vacant,
            ["occupied"] = OccupancyScope.Occupied,
        };

    public static readonly IReadOnlyDictionary<string, OrderPriority> Priorities =
        new Dictionary<string, OrderPriority>
        {
            ["notice"] = OrderPriority.Notice,
            ["normal"] = OrderPriority.Normal,
            ["urgent"] = OrderPriority.Urgent,
        };

    /// <summary>The kinds of work order there are.</summary>
    public static readonly IReadOnlyList<string> OrderKinds =
    [
        "summon", "leak", "electricity", "intrusion", "facility", "device", "inspection", "complaint", "request",
        "homecoming", "maintenance",
    ];

    public static readonly IReadOnlyList<string> Audiences = ["butler", "chief", "engineer"];

    /// <summary>A setting's value with its unit, as people write it.</summary>
    public static string Say(double value, ParameterSpec parameter) =>
        Files.Amount.Say(value, UnitOf(parameter.Dimension));

    /// <summary>The unit of measure a parameter of that dimension is kept in; empty for a plain number.</summary>
    public static string UnitOf(Dimension dimension) => dimension switch
    {
        Dimension.Number or Dimension.SignalValue or Dimension.SignalDifference => "",
        Dimension.Duration => "s",
        Dimension.Volume => "l",
        Dimension.Flow => "l/h",
        Dimension.Power => "W",
        Dimension.Energy => "kWh",
        Dimension.Temperature => "Cel",
        Dimension.TemperatureDifference => "K",
        Dimension.Humidity => "%RH",
        _ => throw new InvalidOperationException($"Unknown dimension {dimension}."),
    };
}
