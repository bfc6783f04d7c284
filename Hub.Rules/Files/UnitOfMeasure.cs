using System.Collections.Frozen;

namespace Hub.Rules.Files;

/// <summary>A unit of measure as people write it, and how it becomes the one that values are kept in.</summary>
/// <param name="Name">As written: <c>L/h</c>.</param>
/// <param name="Kept">The unit that its kind of quantity is kept in: <c>l/h</c>.</param>
/// <param name="Factor">Times this is the kept unit.</param>
/// <param name="Offset">Plus this, after the factor; only for degrees.</param>
public sealed record UnitOfMeasure(string Name, string Kept, double Factor, double Offset = 0)
{
    private static readonly UnitOfMeasure[] All =
    [
        new("m3", "m3", 1), new("m³", "m3", 1), new("L", "m3", 1e-3), new("l", "m3", 1e-3), new("mL", "m3", 1e-6),
        new("l/h", "l/h", 1), new("L/h", "l/h", 1), new("L/min", "l/h", 60), new("l/min", "l/h", 60),
        new("L/s", "l/h", 3600), new("l/s", "l/h", 3600), new("m3/h", "l/h", 1000), new("m³/h", "l/h", 1000),
        new("kWh", "kWh", 1), new("Wh", "kWh", 1e-3), new("MWh", "kWh", 1e3), new("kJ", "kWh", 1 / 3600.0),
        new("W", "W", 1), new("kW", "W", 1e3), new("MW", "W", 1e6),
        new("s", "s", 1), new("ms", "s", 1e-3), new("min", "s", 60), new("h", "s", 3600), new("d", "s", 86_400),
        new("Cel", "Cel", 1), new("°C", "Cel", 1), new("C", "Cel", 1), new("°F", "Cel", 5 / 9.0, -160 / 9.0),
        new("K", "K", 1), new("m", "m", 1), new("cm", "m", 0.01), new("mm", "m", 1e-3),
        new("%", "%", 1), new("%RH", "%RH", 1), new("%EL", "%EL", 1), new("bar", "bar", 1), new("kPa", "bar", 0.01),
        new("/min", "/h", 60), new("/h", "/h", 1), new("/d", "/h", 1 / 24.0),
    ];

    private static readonly FrozenDictionary<string, UnitOfMeasure> ByName =
        All.ToFrozenDictionary(unit => unit.Name, StringComparer.Ordinal);

    /// <summary>The unit of that name; upper and lower case differ (<c>m</c> is metres, <c>M</c> nothing).</summary>
    public static UnitOfMeasure? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>All names that may be written where a value is wanted in <paramref name="into"/>.</summary>
    public static IEnumerable<string> NamesFor(string into) =>
        All.Where(unit => unit.FitsInto(into)).Select(unit => unit.Name);

    /// <summary>Whether a value of this unit can become one in <paramref name="into"/>.</summary>
    public bool FitsInto(string into) => Kept == Find(into)?.Kept || IsPercentage(this, into);

    // People write 80 % for humidity, battery and share alike.
    private static bool IsPercentage(UnitOfMeasure unit, string kept) => unit.Name == "%" && kept is "%RH" or "%EL";
}
