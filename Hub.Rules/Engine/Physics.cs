using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>What meters can do where their description doesn't say.</summary>
public static class Physics
{
    /// <summary>
    /// A dwelling's meter has Q3 = 4 m³/h at most, Q4 = 1.25 × Q3 (ISO 4064); 1.25 × Q4 is beyond any flow.
    /// </summary>
    private const double WaterM3PerHour = 6.25;

    /// <summary>Three phases of 63 A at 230 V.</summary>
    private const double PowerKw = 43.5;

    /// <summary>Meters without a stated pulse weight count litres, and watt hours.</summary>
    private const double WaterStepM3 = 0.001;
    private const double EnergyStepKwh = 0.001;

    public static double RateMax(string signal) => signal switch
    {
        Signal.WaterVolume => WaterM3PerHour,
        Signal.ElectricEnergy or Signal.ElectricInterval => PowerKw,
        _ => double.PositiveInfinity,
    };

    public static double Resolution(string signal) => signal switch
    {
        Signal.WaterVolume => WaterStepM3,
        Signal.ElectricEnergy or Signal.ElectricInterval => EnergyStepKwh,
        _ => 0,
    };
}
