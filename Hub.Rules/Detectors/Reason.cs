using System.Globalization;

namespace Hub.Rules.Detectors;

/// <summary>
/// What makes an explanation and its evidence: the template's key, its own arguments, and the limit to chart.
/// </summary>
/// <param name="Key">The template's key.</param>
/// <param name="FromTicks">Where the chart starts.</param>
/// <param name="Limit">The limit line, if there is one.</param>
/// <param name="LimitUnit">Its unit.</param>
/// <param name="Arguments">By name, as invariant text.</param>
public sealed record Reason(
    string Key, long FromTicks, double? Limit, string LimitUnit, params (string Name, string Value)[] Arguments)
{
    public static string Number(double value, int digits = 1) =>
        Math.Round(value, digits).ToString(CultureInfo.InvariantCulture);

    /// <summary>A number with its unit, for a place with the format <c>measure</c>.</summary>
    public static string Figure(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Round(value, 3)} {unit}").TrimEnd();

    /// <summary>Whole seconds.</summary>
    public static string Duration(long ticks) =>
        (ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture);

    public static string Instant(long ticks) =>
        new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
}
