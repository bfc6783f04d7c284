using System.Collections.Frozen;
using System.Text;
using Hub.Rules.Readings;

namespace Hub.Gateway.Adapters;

/// <summary>
/// Names that decoders and control systems give their values, where no class is said. The unit is the usual one; a name
/// that isn't here is its own signal, without a unit.
/// </summary>
internal static class CommonNames
{
    private const int SignalCharactersMax = 60;

    private static readonly FrozenDictionary<string, Meaning> Known = new Dictionary<string, Meaning>
    {
        ["temperature"] = new(Signal.Temperature, "Cel"),
        ["airtemperature"] = new(Signal.Temperature, "Cel"),
        ["humidity"] = new(Signal.Humidity, "%RH"),
        ["relativehumidity"] = new(Signal.Humidity, "%RH"),
        ["battery"] = new(Signal.Battery, "%EL"),
        ["batterylevel"] = new(Signal.Battery, "%EL"),
        ["batteryvoltage"] = new(Meanings.BatteryVoltage, "V"),
        ["vdd"] = new(Meanings.BatteryVoltage, "mV"),
        ["co2"] = new(Meanings.Co2, "ppm"),
        ["pir"] = new(Meanings.Motion),
        ["motion"] = new(Meanings.Motion),
        ["occupancy"] = new(Meanings.Motion),
        ["waterleak"] = new(Signal.LeakWet),
        ["leak"] = new(Signal.LeakWet),
        ["leakage"] = new(Signal.LeakWet),
        ["leakagestatus"] = new(Signal.LeakWet),
        ["magnetstatus"] = new(Signal.DoorOpen),
        ["dooropen"] = new(Signal.DoorOpen),
        ["door"] = new(Signal.DoorOpen),
        ["smoke"] = new(Signal.Smoke),
        ["tamperstatus"] = new(Meanings.Tamper),
        ["power"] = new(Signal.ElectricPower, "W"),
        ["activepower"] = new(Signal.ElectricPower, "W"),
        ["voltage"] = new(Signal.Voltage, "V"),
        ["current"] = new(Signal.Current, "A"),
        ["frequency"] = new(Meanings.Frequency, "Hz"),
        ["powerfactor"] = new(Meanings.PowerFactor),
        ["flow"] = new(Signal.WaterFlow, "m3/h"),
        ["flowrate"] = new(Signal.WaterFlow, "m3/h"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, double> Words = new Dictionary<string, double>
    {
        ["on"] = 1,
        ["open"] = 1,
        ["opened"] = 1,
        ["true"] = 1,
        ["leak"] = 1,
        ["wet"] = 1,
        ["alarm"] = 1,
        ["trigger"] = 1,
        ["triggered"] = 1,
        ["uninstalled"] = 1,
        ["off"] = 0,
        ["close"] = 0,
        ["closed"] = 0,
        ["false"] = 0,
        ["normal"] = 0,
        ["dry"] = 0,
        ["idle"] = 0,
        ["installed"] = 0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // What codecs repeat of the frame around their values.
    private static readonly FrozenSet<string> Frame =
        FrozenSet.ToFrozenSet(["fport", "fcnt", "dr", "confirmed", "timestamp", "time"], StringComparer.Ordinal);

    /// <summary>What a value of that name is; null for one that is none, or a name that can't be a signal's.</summary>
    /// <param name="name">As the sender has it; separators and case don't matter.</param>
    /// <param name="unit">The unit it says; null or empty for the usual one.</param>
    public static Meaning? Of(string name, string? unit = null)
    {
        var said = Meanings.Unit(unit ?? "");
        var bare = Bare(name[(name.LastIndexOf('/') + 1)..]);
        if (Frame.Contains(bare))
        {
            return null;
        }

        if (Known.TryGetValue(bare, out var known))
        {
            return said.Length > 0 && said != "%" && known.Unit.Length > 0 ? known with { Unit = said } : known;
        }

        var signal = DeviceNames.Signal(name);
        return signal.Length is > 0 and <= SignalCharactersMax ? new Meaning(signal, said) : null;
    }

    /// <summary>Whether it is one of the names whose values may be words: a contact.</summary>
    public static bool IsContact(Meaning meaning) =>
        Signal.Of(meaning.Signal).Kind == SignalKind.Contact || meaning.Signal is Meanings.Motion or Meanings.Tamper;

    /// <summary>0 or 1 for the words that contacts are said in; null for another.</summary>
    public static double? OfWord(string word) =>
        Words.TryGetValue(word.Trim().ToLowerInvariant(), out var value) ? value : null;

    private static string Bare(string name)
    {
        var bare = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                bare.Append(char.ToLowerInvariant(c));
            }
        }

        return bare.ToString();
    }
}
