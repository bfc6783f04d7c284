using System.Globalization;
using Hub.Rules.Files;
using Hub.Rules.Readings;

namespace Hub.Rules.Site;

/// <summary>Reads the site file's adapters.</summary>
internal sealed class DeclaredAdapterReader
{
    public const int AdaptersMax = 100;
    public const int ValuesMax = 200;
    public const string DevicePlace = "{device}";

    private const int TopicCharactersMax = 200;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<(AdapterKind, string, string?), int> _topics = [];
    private readonly List<DeclaredAdapter> _declared = [];

    public IReadOnlyList<DeclaredAdapter> Read(MapReader file)
    {
        foreach (var map in file.Maps("adapters", AdaptersMax))
        {
            ReadAdapter(map);
        }

        return _declared;
    }

    private void ReadAdapter(MapReader map)
    {
        var id = map.Id("id", required: true);
        var kind = map.OneOf("kind", SiteWords.Adapters, required: true);
        var topic = ReadTopic(map, kind);
        var edge = map.Id("edge");
        if (edge is not null && kind == AdapterKind.Sparkplug)
        {
            map.Refuse(
                "edge", "what Sparkplug is asked for (a rebirth) doesn't go the other way through an edge",
                "let the node publish at the hub's broker");
        }

        var isJson = kind is null or AdapterKind.Json;
        var values = isJson
            ? map.Maps("values", ValuesMax).Select(ReadValue).OfType<MappedValue>().ToList()
            : null;
        var time = isJson ? ReadPath(map, "time", required: false) : null;
        if (kind == AdapterKind.Json && !map.Has("values"))
        {
            map.Refuse("values", "an adapter of kind json needs at least one value", "give a path and a signal");
        }

        map.Done();
        if (id is not null && !_ids.TryAdd(id, map.LineOf("id")))
        {
            map.Refuse("id", $"ids must be unique, and line {_ids[id]} has this one", "give one of the two another id");
        }

        if (id is null || kind is null || topic is null)
        {
            return;
        }

        if (!_topics.TryAdd((kind.Value, topic, edge), map.Line))
        {
            var line = _topics[(kind.Value, topic, edge)];
            map.Refuse("topic", $"the adapter on line {line} takes the same messages", "remove one of the two");
        }

        _declared.Add(new DeclaredAdapter(id, kind.Value, topic, values ?? (IReadOnlyList<MappedValue>)[], time, edge));
    }

    private static string? ReadTopic(MapReader map, AdapterKind? kind)
    {
        var topic = map.Text("topic", required: kind == AdapterKind.Json, charactersMax: TopicCharactersMax)
            ?? (kind is { } known ? SiteWords.AdapterTopics.GetValueOrDefault(known) : null);
        if (topic is null)
        {
            return null;
        }

        if (topic.AsSpan().ContainsAny('#', '\0') || topic.StartsWith('/') || topic.StartsWith('$')
            || (kind != AdapterKind.Json && topic.Contains('+', StringComparison.Ordinal)))
        {
            map.Refuse(
                "topic", "it must be a topic without '#', and '+' only in one of kind json",
                "write what stands before the devices' names");
            return null;
        }

        if (kind == AdapterKind.Json && !IsPattern(topic))
        {
            map.Refuse(
                "topic", $"'{DevicePlace}' must stand for one whole level, or nowhere; '+' for one whole level",
                "write plant/{device}/state");
            return null;
        }

        if (kind == AdapterKind.Tasmota && (!topic.Contains("%topic%", StringComparison.Ordinal)
            || !topic.Contains("%prefix%", StringComparison.Ordinal)))
        {
            map.Refuse("topic", "it must have %prefix% and %topic%", "copy it from the device's FullTopic");
            return null;
        }

        return topic.TrimEnd('/');
    }

    private static bool IsPattern(string topic)
    {
        var levels = topic.Split('/');
        return levels.Count(level => level == DevicePlace) <= 1 && levels.All(level =>
            level is DevicePlace or "+" || level.AsSpan().IndexOfAny('{', '}', '+') < 0);
    }

    private static MappedValue? ReadValue(MapReader map)
    {
        var path = ReadPath(map, "path", required: true);
        var name = map.Text("signal", required: true, charactersMax: 64);
        var signal = name is null ? null : DeclaredPointReader.SignalOf(map, name);
        var unit = ReadUnit(map, signal);
        var scale = ReadScale(map);
        var on = map.Text("on", charactersMax: 64);
        map.Done();
        return path is null || signal is null ? null : new MappedValue(path, signal.Name, unit, scale, on);
    }

    private static string ReadUnit(MapReader map, Signal? signal)
    {
        var unit = map.Text("unit", charactersMax: 16) ?? "";
        if (unit.Length > 0 && signal is { Unit.Length: > 0 }
            && UnitOfMeasure.Find(unit)?.FitsInto(signal.Unit) != true && unit != signal.Unit)
        {
            var fitting = UnitOfMeasure.NamesFor(signal.Unit).ToList();
            map.Refuse(
                "unit", $"it can't be turned into {signal.Unit}, in which {signal.Name} is kept",
                fitting.Count > 0 ? $"write one of {string.Join(", ", fitting)}" : $"write {signal.Unit}");
        }

        return unit;
    }

    private static double ReadScale(MapReader map)
    {
        if (map.Text("scale") is not { } text)
        {
            return 1;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale)
            && double.IsFinite(scale) && scale != 0)
        {
            return scale;
        }

        map.Refuse("scale", "it must be a number other than 0", "10 for a meter that counts tens of litres");
        return 1;
    }

    private static PayloadPath? ReadPath(MapReader map, string key, bool required)
    {
        if (map.Text(key, required, charactersMax: 200) is not { } text)
        {
            return null;
        }

        var path = PayloadPath.TryParse(text, out var wrong);
        if (path is null)
        {
            map.Refuse(key, wrong);
        }

        return path;
    }
}
