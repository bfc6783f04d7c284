using System.Collections.Frozen;

namespace Hub.Gateway.Ingest;

/// <summary>From a unit that devices send to the one that a signal is kept in: kept = sent × factor + offset.</summary>
internal readonly record struct UnitConversion(double Factor, double Offset)
{
    public static readonly UnitConversion None = new(1, 0);

    /// <summary>By "from>to". Names of RFC 8428, 12.1 and RFC 9100, and what devices send in their place.</summary>
    private static readonly FrozenDictionary<string, UnitConversion> Known = new Dictionary<string, UnitConversion>
    {
        ["L>m3"] = new(1e-3, 0),
        ["l>m3"] = new(1e-3, 0),
        ["dm3>m3"] = new(1e-3, 0),
        ["Wh>kWh"] = new(1e-3, 0),
        ["MWh>kWh"] = new(1e3, 0),
        ["J>kWh"] = new(1 / 3.6e6, 0),
        ["kJ>kWh"] = new(1 / 3.6e3, 0),
        ["MJ>kWh"] = new(1 / 3.6, 0),
        ["kW>W"] = new(1e3, 0),
        ["MW>W"] = new(1e6, 0),
        ["mW>W"] = new(1e-3, 0),
        ["L/h>l/h"] = new(1, 0),
        ["l/s>l/h"] = new(3.6e3, 0),
        ["L/s>l/h"] = new(3.6e3, 0),
        ["l/min>l/h"] = new(60, 0),
        ["L/min>l/h"] = new(60, 0),
        ["m3/h>l/h"] = new(1e3, 0),
        ["m3/s>l/h"] = new(3.6e6, 0),
        ["K>Cel"] = new(1, -273.15),
        ["degF>Cel"] = new(1 / 1.8, -32 / 1.8),
        ["degC>Cel"] = new(1, 0),
        ["C>Cel"] = new(1, 0),
        ["%>%RH"] = new(1, 0),
        ["/>%RH"] = new(100, 0),
        ["%>%EL"] = new(1, 0),
        ["/>%EL"] = new(100, 0),
        ["/>%"] = new(100, 0),
        ["mV>V"] = new(1e-3, 0),
        ["kV>V"] = new(1e3, 0),
        ["mA>A"] = new(1e-3, 0),
        ["mL>m3"] = new(1e-6, 0),
        ["ft3>m3"] = new(0.028316846592, 0),
        ["gal>m3"] = new(0.003785411784, 0),
        ["ms>s"] = new(1e-3, 0),
        ["min>s"] = new(60, 0),
        ["h>s"] = new(3.6e3, 0),
        ["mm>m"] = new(1e-3, 0),
        ["cm>m"] = new(1e-2, 0),
        ["km>m"] = new(1e3, 0),
        ["B>MB"] = new(1e-6, 0),
        ["kB>MB"] = new(1e-3, 0),
        ["KiB>MB"] = new(1.024e-3, 0),
        ["MiB>MB"] = new(1.048576, 0),
        ["GB>MB"] = new(1e3, 0),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public double Apply(double sent) => (sent * Factor) + Offset;

    /// <summary>
    /// False if no factor leads from one to the other. No unit sent, or none kept, is taken as it comes.
    /// </summary>
    public static bool TryFind(string sent, string kept, out UnitConversion conversion)
    {
        conversion = None;
        return sent.Length == 0 || kept.Length == 0 || sent == kept
            || Known.TryGetValue($"{sent}>{kept}", out conversion);
    }
}
