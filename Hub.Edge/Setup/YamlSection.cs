using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Hub.Edge.Setup;

/// <summary>
/// A mapping being read: each field is asked for once, every fault is collected with its line, and what nobody asked
/// for is a fault too, so that a typing error can't silently mean the default.
/// </summary>
internal sealed class YamlSection(string file, string path, YamlMappingNode? map, List<Fault> faults)
{
    private const int DistanceMax = 3;

    private readonly HashSet<string> _asked = [];

    public bool IsPresent => map is not null;

    /// <summary>It says nothing: a sent one that takes away what the edge has.</summary>
    public bool IsEmpty => map is { Children.Count: 0 };

    public bool Has(string name) => Find(name) is not null;

    public string Text(string name, string fallback) => Scalar(name)?.Value is { Length: > 0 } text ? text : fallback;

    public string? TextOrNull(string name) => Scalar(name)?.Value is { Length: > 0 } text ? text : null;

    public string Required(string name, string limit, string cure)
    {
        if (Scalar(name)?.Value is { Length: > 0 } text)
        {
            return text;
        }

        Add(map, name, "", limit, cure);
        return "";
    }

    public double Number(string name, double fallback, double min, double max)
    {
        if (Scalar(name) is not { } node)
        {
            return fallback;
        }

        if (double.TryParse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value >= min && value <= max)
        {
            return value;
        }

        Add(node, name, node.Value, $"a number from {Plain(min)} to {Plain(max)}", "Write it without a unit.");
        return fallback;
    }

    public int Whole(string name, int fallback, int min, int max)
    {
        if (Scalar(name) is not { } node)
        {
            return fallback;
        }

        if (int.TryParse(node.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= min && value <= max)
        {
            return value;
        }

        Add(node, name, node.Value, $"a whole number from {min} to {max}", "Write digits only.");
        return fallback;
    }

    public bool Flag(string name, bool fallback)
    {
        if (Scalar(name) is not { } node)
        {
            return fallback;
        }

        if (node.Value is "true" or "false")
        {
            return node.Value == "true";
        }

        Add(node, name, node.Value, "true or false", "Write one of the two.");
        return fallback;
    }

    public TimeSpan Duration(string name, TimeSpan fallback, TimeSpan min, TimeSpan max)
    {
        if (Scalar(name) is not { } node)
        {
            return fallback;
        }

        if (Durations.TryParse(node.Value, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Add(node, name, node.Value, $"a duration from {Durations.Text(min)} to {Durations.Text(max)}",
            "Write a number and ms, s, m or h, such as 60s.");
        return fallback;
    }

    public T Choice<T>(string name, T fallback, IReadOnlyDictionary<string, T> choices)
    {
        if (Scalar(name) is not { } node)
        {
            return fallback;
        }

        if (choices.TryGetValue(node.Value ?? "", out var choice))
        {
            return choice;
        }

        Add(node, name, node.Value, $"one of {string.Join(", ", choices.Keys)}",
            Nearest(node.Value ?? "", choices.Keys));
        return fallback;
    }

    public YamlSection Section(string name)
    {
        var node = Find(name);
        if (node is not null and not YamlMappingNode)
        {
            Add(node, name, node.ToString(), "fields with values", $"Indent the fields under '{name}:'.");
        }

        return new YamlSection(file, Full(name), node as YamlMappingNode, faults);
    }

    public IReadOnlyList<YamlSection> Sections(string name) =>
        [.. Items(name).Select((node, i) =>
        {
            if (node is not YamlMappingNode)
            {
                Add(node, $"{name}[{i}]", node.ToString(), "fields with values",
                    "Begin the entry with '- ' and its first field.");
            }

            return new YamlSection(file, $"{Full(name)}[{i}]", node as YamlMappingNode, faults);
        })];

    public IReadOnlyList<string> Texts(string name) =>
        [.. Items(name).OfType<YamlScalarNode>().Select(node => node.Value ?? "")];

    /// <summary>Adds a fault of a field that was read, with its line.</summary>
    public void Refuse(string name, string value, string limit, string cure) =>
        Add(Find(name) ?? map, name, value, limit, cure);

    /// <summary>Names every field that nothing asked for.</summary>
    public void Finish()
    {
        foreach (var key in map?.Children.Keys.OfType<YamlScalarNode>() ?? [])
        {
            if (!_asked.Contains(key.Value ?? ""))
            {
                Add(key, key.Value ?? "", "", $"not a field here; there are {string.Join(", ", _asked.Order())}",
                    Nearest(key.Value ?? "", _asked));
            }
        }
    }

    private static string Nearest(string word, IEnumerable<string> known) =>
        known.Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(candidate => candidate.distance <= DistanceMax)
            .OrderBy(candidate => candidate.distance)
            .Select(candidate => $"Did you mean '{candidate.candidate}'?")
            .FirstOrDefault("Remove it or correct it.");

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[b.Length];
    }

    private static string Plain(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private YamlNode? Find(string name)
    {
        _asked.Add(name);
        return map is not null && map.Children.TryGetValue(new YamlScalarNode(name), out var node)
            && node is not YamlScalarNode { Value: null or "", Style: ScalarStyle.Plain }
            ? node
            : null;
    }

    private YamlScalarNode? Scalar(string name)
    {
        var node = Find(name);
        if (node is not null and not YamlScalarNode)
        {
            Add(node, name, "…", "a single value", $"Write '{name}: value'.");
        }

        return node as YamlScalarNode;
    }

    private IEnumerable<YamlNode> Items(string name)
    {
        var node = Find(name);
        if (node is not null and not YamlSequenceNode)
        {
            Add(node, name, node.ToString(), "a list", "Begin each entry with '- '.");
        }

        return (node as YamlSequenceNode)?.Children ?? [];
    }

    private string Full(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void Add(YamlNode? node, string name, string? value, string limit, string cure) =>
        faults.Add(new Fault(file, (int)(node?.Start.Line ?? 1), Full(name), value ?? "", limit, cure));
}
