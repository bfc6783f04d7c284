namespace Hub.Rules.Packs;

/// <summary>What a parameter measures, and so its canonical unit.</summary>
public enum Dimension
{
    /// <summary>A plain number: a factor, a count, a share of 1.</summary>
    Number,

    /// <summary>Seconds.</summary>
    Duration,

    /// <summary>Litres.</summary>
    Volume,

    /// <summary>Litres per hour.</summary>
    Flow,

    /// <summary>Watts.</summary>
    Power,

    /// <summary>Kilowatt hours.</summary>
    Energy,

    /// <summary>Degrees Celsius.</summary>
    Temperature,

    /// <summary>A difference of temperatures, in kelvin.</summary>
    TemperatureDifference,

    /// <summary>Per cent of relative humidity.</summary>
    Humidity,

    /// <summary>The unit of the signal it is compared with: degrees, per cent, metres.</summary>
    SignalValue,

    /// <summary>A difference between two values of the signal: kelvin, per cent, metres.</summary>
    SignalDifference,
}
