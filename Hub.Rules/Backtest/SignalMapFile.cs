using Hub.Rules.Files;
using Hub.Rules.Readings;

namespace Hub.Rules.Backtest;

/// <summary>
/// A <see cref="SignalMap"/> as people write it: which rows of a CSV are which of the project's signals.
/// <code>
/// mappings:
///   - { signal: water_total, unit: L, becomes: water.volume }                # a known unit brings its own factor
///   - { signal: flow, unit: gpm, becomes: water.flow, factor: 227.1 }        # an unknown one needs it
///   - { signal: contact_open, becomes: door.open }                           # without a unit: any, taken as it is
///   - { signal: supply_temp, unit: degC, becomes: facility.temperature, part: supply-air }   # a device with several
/// </code>
/// </summary>
public static class SignalMapFile
{
    public const int MappingsMax = 1_000;

    private static readonly string[] Known =
        [.. Signal.All.Select(signal => signal.Name).Order(StringComparer.Ordinal)];

    /// <summary>The map, or every fault of the file at once.</summary>
    /// <param name="fileName">Only for the faults.</param>
    /// <param name="text">The file's text.</param>
    public static Checked<SignalMap> Read(string fileName, string text)
    {
        var faults = new FaultList(fileName);
        if (YamlText.Read(text, faults) is not { } root)
        {
            return faults.Check(() => new SignalMap([]));
        }

        var file = new MapReader(root, "", faults);
        var maps = file.Maps("mappings", MappingsMax).ToList();
        Dictionary<(string, string), int> seen = [];
        var mappings = maps.Select(map => ReadMapping(map, seen)).OfType<SignalMapping>().ToList();
        if (maps.Count == 0)
        {
            file.Refuse("mappings", "a map has at least one mapping");
        }

        file.Done();
        return faults.Check(() => new SignalMap(mappings));
    }

    private static SignalMapping? ReadMapping(MapReader map, Dictionary<(string, string), int> seen)
    {
        var signal = map.Text("signal", required: true);
        var unit = map.Text("unit") ?? "";
        var becomes = map.Word("becomes", Known, required: true);
        var factor = map.Amount("factor", "");
        var offset = map.Amount("offset", "");
        var part = map.Text("part") ?? "";
        map.Done();
        if (signal is null || becomes is null)
        {
            return null;
        }

        if (!seen.TryAdd((signal, unit), map.Line))
        {
            map.Refuse("signal", $"the same signal and unit stand on line {seen[(signal, unit)]}", "keep one");
        }

        if (factor == 0)
        {
            map.Refuse("factor", "times 0 every value is 0");
        }

        var mapping = map.Has("factor") || unit.Length == 0
            ? new SignalMapping(signal, unit, becomes, factor ?? 1, offset ?? 0)
            : Converted(map, signal, unit, Signal.Of(becomes), offset ?? 0);
        return mapping is null ? null : mapping with { Part = part };
    }

    // What one and none of the unit are in the signal's own unit says both factor and offset.
    private static SignalMapping? Converted(MapReader map, string signal, string unit, Signal becomes, double offset)
    {
        if (becomes.Unit == unit || (becomes.Unit.Length == 0 && unit == "bool"))
        {
            return new SignalMapping(signal, unit, becomes.Name, 1, offset);
        }

        if (UnitOfMeasure.Find(becomes.Unit) is not null
            && Amount.Parse($"0 {unit}", becomes.Unit, out _) is { } none
            && Amount.Parse($"1 {unit}", becomes.Unit, out _) is { } one)
        {
            return new SignalMapping(signal, unit, becomes.Name, one - none, none + offset);
        }

        var own = becomes.Unit.Length == 0 ? "which has no unit" : $"whose own unit is {becomes.Unit}";
        map.Refuse(
            "unit", $"it has no known way into {becomes.Name}, {own}",
            $"give the 'factor' (and 'offset') that make {becomes.Name} of it");
        return null;
    }
}
