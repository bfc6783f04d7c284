using System.Globalization;
using Hub.Rules.Files;
using Hub.Rules.Readings;

namespace Hub.Rules.Site;

/// <summary>Reads the site file's edges, devices and points.</summary>
internal sealed class DeclaredPointReader(IReadOnlyCollection<string> spaces)
{
    public const int EdgesMax = 2_000;
    public const int DevicesMax = 5_000;
    public const int DevicePointsMax = 200;

    /// <summary>S0 (IEC 62053-31): at least 30 ms on and 30 ms off.</summary>
    private const double PulsesPerSecondMax = 1000 / 60.0;

    private static readonly TimeSpan EveryMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EveryMax = TimeSpan.FromDays(31);

    private readonly Dictionary<string, int> _edges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _points = new(StringComparer.Ordinal);
    private readonly HashSet<string> _spaces = [.. spaces];
    private readonly List<DeclaredPoint> _declared = [];

    public IReadOnlyList<DeclaredPoint> Read(MapReader file)
    {
        foreach (var edge in file.Maps("edges", EdgesMax))
        {
            var id = edge.Id("id", required: true);
            if (id is not null && !_edges.TryAdd(id, edge.LineOf("id")))
            {
                var line = _edges[id];
                edge.Refuse("id", $"ids must be unique, and line {line} has this edge", "put its devices under one");
            }

            foreach (var device in edge.Maps("devices", DevicesMax))
            {
                ReadDevice(device, id ?? "");
            }

            edge.Done();
        }

        return _declared;
    }

    private void ReadDevice(MapReader map, string edge)
    {
        var device = map.Text("id", charactersMax: 128) ?? edge;
        if (device.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '+' or '#' or '\\')
            || device.Trim('/') != device)
        {
            map.Refuse("id", "a device's name has no blanks, '+', '#', '\\', and no '/' at either end");
        }

        var space = Space(map);
        var every = map.Span("every", EveryMin, EveryMax);
        foreach (var point in map.Maps("points", DevicePointsMax))
        {
            ReadPoint(point, edge, device, space, every);
        }

        if (space is null && !map.Has("space"))
        {
            map.Refuse("space", "a device must be somewhere", "give the id of a declared space");
        }

        map.Done();
    }

    private void ReadPoint(MapReader map, string edge, string device, string? deviceSpace, TimeSpan? deviceEvery)
    {
        var name = map.Text("signal", required: true, charactersMax: 64);
        var space = Space(map) ?? deviceSpace;
        var every = map.Span("every", EveryMin, EveryMax) ?? deviceEvery;
        var signal = name is null ? null : SignalOf(map, name);
        var meter = signal is null ? null : ReadMeter(map, signal);
        if (signal is not null)
        {
            map.Done();
        }

        if (name is null || space is null)
        {
            return;
        }

        var point = new DeclaredPoint(edge, device, name, space, meter, every);
        if (!_points.TryAdd(point.Id.Value, map.LineOf("signal")))
        {
            var line = _points[point.Id.Value];
            map.Refuse("signal", $"the point {point.Id} is on line {line} already", "remove one of the two");
        }

        _declared.Add(point);
    }

    private string? Space(MapReader map)
    {
        if (map.Id("space") is not { } space)
        {
            return null;
        }

        if (!_spaces.Contains(space))
        {
            var meant = Resemblance.DidYouMean(space, _spaces);
            map.Refuse("space", "no such space is declared", meant.Length > 0 ? meant : "declare it under 'spaces'");
        }

        return space;
    }

    // The catalogue is open, so an unknown signal is allowed; one that looks like a known one is a slip.
    public static Signal? SignalOf(MapReader map, string name)
    {
        if (name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not '.' and not '-' and not '_'))
        {
            map.Refuse("signal", "a signal's name has letters, digits, '.', '-' and '_', such as water.volume");
            return null;
        }

        var known = Signal.All.Select(signal => signal.Name);
        if (!known.Contains(name, StringComparer.Ordinal) && Resemblance.Nearest(name, known) is { } meant)
        {
            map.Refuse("signal", "no such signal is known, but one that looks like it", $"did you mean '{meant}'?");
            return null;
        }

        return Signal.Of(name);
    }

    private static Meter? ReadMeter(MapReader map, Signal signal)
    {
        var serial = map.Text("serial", charactersMax: 64);
        var pulse = ReadPulse(map, signal);
        var rollover = map.Amount("rollover", signal.Unit, double.Epsilon);
        var rateMax = ReadRateMax(map, signal);
        var isMeter = signal.Kind is SignalKind.Register or SignalKind.Interval;
        foreach (var key in (string[])["pulse", "rollover", "rateMax"])
        {
            if (!isMeter && map.Has(key))
            {
                map.Refuse(key, $"only a register has it, and {signal.Name} is none", "put it where the count is");
            }
        }

        if (pulse * 100 > rollover)
        {
            map.Refuse(
                "rollover", "it must be at least 100 pulses",
                "it is the first value that the meter can't show, such as 100000 m3");
        }

        if (rateMax / pulse / 3600 > PulsesPerSecondMax)
        {
            var most = (pulse!.Value * PulsesPerSecondMax * 3600).ToString("0.###", CultureInfo.InvariantCulture);
            map.Refuse(
                "pulse", $"16.7 pulses a second are the most; so {most} {signal.Unit} an hour: less than rateMax",
                "look at the pulse weight on the meter's plate");
        }

        return serial is null && pulse is null && rollover is null && rateMax is null
            ? null
            : new Meter(serial, pulse, rollover, rateMax);
    }

    private static double? ReadPulse(MapReader map, Signal signal)
    {
        // Electric meters carry it the other way round on their plate.
        const string Inverse = "imp/kWh";
        if (signal.Unit == "kWh" && map.Text("pulse") is { } text && text.EndsWith(Inverse, StringComparison.Ordinal))
        {
            if (Amount.Parse(text[..^Inverse.Length].Trim(), "", out _) is { } count and >= 0.1 and <= 1e6)
            {
                return 1 / count;
            }

            map.Refuse("pulse", "it must be from 0.1 to 1000000 imp/kWh");
            return null;
        }

        return signal.Unit switch
        {
            "m3" => map.Amount("pulse", "m3", 1e-5, 10),
            "kWh" => map.Amount("pulse", "kWh", 1e-6, 10),
            _ => map.Amount("pulse", signal.Unit, double.Epsilon),
        };
    }

    // Kept in the signal's unit per hour, as Meter has it.
    private static double? ReadRateMax(MapReader map, Signal signal) => signal.Unit switch
    {
        "m3" => map.Amount("rateMax", "l/h", 1, 1e6) / 1000,
        "kWh" => map.Amount("rateMax", "W", 1, 1e7) / 1000,
        _ => map.Amount("rateMax", "", double.Epsilon),
    };
}
