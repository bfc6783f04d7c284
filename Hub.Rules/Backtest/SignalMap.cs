namespace Hub.Rules.Backtest;

/// <summary>What the columns <c>signal</c> and <c>unit</c> of a CSV mean here.</summary>
/// <param name="Mappings">The first that fits is taken.</param>
public sealed record SignalMap(IReadOnlyList<SignalMapping> Mappings)
{
    /// <summary>The signals of open data sets, and the project's own names in their own units.</summary>
    public static readonly SignalMap Default = new(
    [
        new("water_total", "L", "water.volume", 0.001),
        new("water_total", "m3", "water.volume"),
        new("water_flow", "mL/s", "water.flow", 3.6),
        new("water_flow", "L/h", "water.flow"),
        new("energy_interval", "kWh/30min", "electric.interval"),
        new("energy_interval", "kWh", "electric.interval"),
        new("energy_interval", "Wh/10min", "electric.interval", 0.001),
        new("appliances_energy", "Wh/10min", "electric.interval", 0.001),
        new("lights_energy", "Wh/10min", "electric.interval", 0.001),
        new("energy_total", "kWh", "electric.energy"),
        new("power", "W", "electric.power"),
        new("temperature", "degC", "climate.temperature"),
        new("thermostat_temperature", "degC", "heating.temperature"),
        new("outdoor_temperature", "degC", "outdoor.temperature"),
        new("ambient_temperature", "degF", "facility.temperature", 5.0 / 9, -32 * 5.0 / 9),
        new("ambient_temperature", "degC", "facility.temperature"),
        new("machine_temperature", "degF", "facility.temperature", 5.0 / 9, -32 * 5.0 / 9),
        new("machine_temperature", "degC", "facility.temperature"),
        new("supply_air_temperature", "degC", "facility.temperature", Part: "supply-air"),
        new("mixed_air_temperature", "degC", "facility.temperature", Part: "mixed-air"),
        new("return_air_temperature", "degC", "facility.temperature", Part: "return-air"),
        new("outdoor_air_temperature", "degC", "outdoor.temperature"),
        new("cooling_coil_valve_cmd", "ratio", "facility.output", 100, Part: "cooling-valve"),
        new("heating_coil_valve_cmd", "ratio", "facility.output", 100, Part: "heating-valve"),
        new("humidity", "%RH", "climate.humidity"),
        new("contact_open", "bool", "door.open"),
        new("button", "bool", "button.press"),
    ]);

    /// <summary>The mapping for a row; without one a name with a dot is taken as the project's own.</summary>
    public SignalMapping? Find(string signal, string unit)
    {
        foreach (var mapping in Mappings)
        {
            if (mapping.Signal == signal && (mapping.Unit.Length == 0 || mapping.Unit == unit))
            {
                return mapping;
            }
        }

        return signal.Contains('.', StringComparison.Ordinal) ? new SignalMapping(signal, "", signal) : null;
    }
}
