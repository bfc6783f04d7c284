namespace Hub.Rules.Readings;

/// <summary>How a signal's values are to be understood.</summary>
public enum SignalKind
{
    /// <summary>An instantaneous value: temperature, power, flow.</summary>
    Gauge,

    /// <summary>A cumulative count that a meter shows; only ever rises.</summary>
    Register,

    /// <summary>Consumption since the reading before (interval data: kWh per half hour).</summary>
    Interval,

    /// <summary>0 or 1: a door, a run contact, a fault.</summary>
    Contact,

    /// <summary>An event without a state: a call button.</summary>
    Press,
}
