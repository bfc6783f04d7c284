using System.Globalization;
using System.Text.RegularExpressions;
using Hub.Edge.Pins;
using Hub.Edge.Sensing;

namespace Hub.Edge.Setup;

/// <summary>Reads <c>lines:</c>, entry by entry and then as a whole.</summary>
internal static partial class LineSections
{
    private static readonly Dictionary<string, LineKind> Kinds = new()
    {
        ["pulse"] = LineKind.Pulse,
        ["contact"] = LineKind.Contact,
        ["button"] = LineKind.Button,
        ["lamp"] = LineKind.Lamp,
        ["buzzer"] = LineKind.Buzzer,
    };

    private static readonly Dictionary<string, LineBias> Biases = new()
    {
        ["as-is"] = LineBias.AsIs,
        ["pull-up"] = LineBias.PullUp,
        ["pull-down"] = LineBias.PullDown,
        ["disabled"] = LineBias.Disabled,
    };

    private static readonly string[] LampColours = ["white", "amber", "green", "red"];

    public static IReadOnlyList<LineOptions> Read(IReadOnlyList<YamlSection> sections, TakenPoints taken)
    {
        var lines = sections.Select(section => (section, line: Line(section))).ToArray();
        foreach (var twin in lines.GroupBy(line => (line.line.Chip, line.line.Line)).SelectMany(group => group.Skip(1)))
        {
            twin.section.Refuse("line", twin.line.Line.ToString(CultureInfo.InvariantCulture),
                "each line of a chip once", "Choose another line, or remove this entry.");
        }

        foreach (var (section, line) in lines.Where(line => line.line.IsPoint))
        {
            taken.Take(section, line.Key);
        }

        foreach (var (section, _) in lines)
        {
            section.Finish();
        }

        return [.. lines.Select(line => line.line)];
    }

    private static LineOptions Line(YamlSection section)
    {
        var kind = section.Choice("kind", LineKind.Contact, Kinds);
        if (!section.Has("kind"))
        {
            section.Refuse("kind", "", $"one of {string.Join(", ", Kinds.Keys)}", "Say what is wired to the line.");
        }

        if (!section.Has("line"))
        {
            section.Refuse("line", "", "the GPIO number", "Name the line; 'gpioinfo' lists them.");
        }

        var line = new LineOptions
        {
            Chip = section.Text("chip", "gpiochip0"),
            Line = section.Whole("line", 0, 0, 1023),
            Kind = kind,
            Device = section.Text("device", ""),
            Signal = kind switch
            {
                LineKind.Button => section.Text("signal", "button.press"),
                LineKind.Lamp => section.Text("colour", "amber"),
                LineKind.Buzzer => "buzzer",
                _ => section.Required("signal", "what the line tells, such as door.open or water.volume",
                    "Name the signal."),
            },
            Bias = section.Choice("bias", LineBias.AsIs, Biases),
            ActiveLow = section.Flag("activeLow", false),
            Debounce = section.Has("debounce")
                ? section.Duration("debounce", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(10))
                : null,
            ChangesWithin = kind == LineKind.Contact && section.Has("changes")
                ? section.Duration("changes", TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromDays(90))
                : null,
            Start = kind == LineKind.Pulse ? section.Number("start", 0, 0, 1e9) : 0,
            PulseWeight = kind == LineKind.Pulse ? section.Number("weight", 1, 1e-9, 1e6) : 1,
        };
        Check(section, line);
        return line;
    }

    private static void Check(YamlSection section, LineOptions line)
    {
        if (!Name().IsMatch(line.Device))
        {
            section.Refuse("device", line.Device, "letters, digits, -, _ and ., at most 64", "Choose a plain name.");
        }

        if (!Name().IsMatch(line.Signal))
        {
            section.Refuse("signal", line.Signal, "letters, digits, -, _ and ., at most 64", "Choose a plain name.");
        }

        if (line.Kind == LineKind.Pulse && !section.Has("weight"))
        {
            section.Refuse("weight", "", "the amount per pulse in the signal's unit",
                "It is printed on the meter: 1 L = 0.001 m3.");
        }

        if (line.Kind == LineKind.Lamp && !LampColours.Contains(line.Signal))
        {
            section.Refuse("colour", line.Signal, $"one of {string.Join(", ", LampColours)}",
                "Name the lamp's colour.");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{0,64}$", RegexOptions.CultureInvariant)]
    internal static partial Regex Name();
}
