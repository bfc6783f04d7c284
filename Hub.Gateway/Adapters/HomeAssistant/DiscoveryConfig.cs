using System.Collections.Frozen;
using System.Text.Json;
using Hub.Rules.Readings;

namespace Hub.Gateway.Adapters.HomeAssistant;

/// <summary>
/// One discovery message read: the device, and its sensors. Keys may be long or abbreviated, and <c>~</c> stands for
/// the base topic.
/// </summary>
internal sealed class DiscoveryConfig
{
    private static readonly FrozenDictionary<string, string> Short = new Dictionary<string, string>
    {
        ["availability"] = "avty",
        ["availability_topic"] = "avty_t",
        ["components"] = "cmps",
        ["device"] = "dev",
        ["device_class"] = "dev_cla",
        ["identifiers"] = "ids",
        ["manufacturer"] = "mf",
        ["model"] = "mdl",
        ["payload_available"] = "pl_avail",
        ["payload_not_available"] = "pl_not_avail",
        ["payload_off"] = "pl_off",
        ["payload_on"] = "pl_on",
        ["platform"] = "p",
        ["state_class"] = "stat_cla",
        ["state_topic"] = "stat_t",
        ["topic"] = "t",
        ["unique_id"] = "uniq_id",
        ["unit_of_measurement"] = "unit_of_meas",
        ["value_template"] = "val_tpl",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly List<DiscoveredEntity> _entities = [];
    private readonly AdapterOptions _options;
    private readonly string _base;

    public DiscoveryConfig(string component, string id, JsonElement root, AdapterOptions options)
    {
        _options = options;
        _base = Text(root, "~") ?? "";
        var device = Find(root, "device") is { ValueKind: JsonValueKind.Object } map ? map : default;
        Device = DeviceNames.Of(Identifier(device) ?? id, options.TextCharactersMax) ?? "";
        Name = Text(device, "name") ?? Text(root, "name") ?? Device;
        Model = $"{Text(device, "manufacturer")} {Text(device, "model")}".Trim();
        if (Device.Length == 0)
        {
            Fault = $"The device's identifier must be of 1 to {options.TextCharactersMax} letters and digits.";
            return;
        }

        if (component == "device")
        {
            ReadComponents(root);
        }
        else
        {
            Read(component, id, root, root);
        }

        AddAvailability(root);
    }

    public string Device { get; }

    public string Name { get; }

    public string Model { get; }

    /// <summary>Why nothing of it can be read; null otherwise, also if it has no sensor.</summary>
    public string? Fault { get; private set; }

    public IReadOnlyList<DiscoveredEntity> Entities => _entities;

    private static JsonElement? Find(JsonElement map, string key)
    {
        if (map.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return map.TryGetProperty(key, out var value)
            || (Short.TryGetValue(key, out var abbreviated) && map.TryGetProperty(abbreviated, out value))
            ? value
            : null;
    }

    /// <summary>A word, whatever JSON has made of it: <c>true</c> is a word for a state too.</summary>
    private static string? Text(JsonElement map, string key) => Find(map, key) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.True } => "true",
        { ValueKind: JsonValueKind.False } => "false",
        { ValueKind: JsonValueKind.Number } number => ValueTemplate.Word(number.GetDouble()),
        _ => null,
    };

    private static string? Identifier(JsonElement device) => Find(device, "identifiers") switch
    {
        { ValueKind: JsonValueKind.String } one => one.GetString(),
        { ValueKind: JsonValueKind.Array } many => many.EnumerateArray()
            .Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()).FirstOrDefault(),
        _ => null,
    };

    private void ReadComponents(JsonElement root)
    {
        if (Find(root, "components") is not { ValueKind: JsonValueKind.Object } components)
        {
            Fault = "A device's discovery must have its components.";
            return;
        }

        foreach (var component in components.EnumerateObject().Take(_options.SignalsMax))
        {
            if (Text(component.Value, "platform") is { } platform)
            {
                Read(platform, component.Name, component.Value, root);
            }
        }

        // One template that isn't read here leaves its fellows.
        Fault = _entities.Count > 0 ? null : Fault;
    }

    private void Read(string platform, string id, JsonElement own, JsonElement root)
    {
        if (platform is not ("sensor" or "binary_sensor"))
        {
            return;
        }

        if (Topic(Text(own, "state_topic") ?? Text(root, "state_topic")) is not { } topic)
        {
            Fault ??= $"{id} must have a state_topic without wildcards.";
            return;
        }

        var template = Text(own, "value_template");
        if (ValueTemplate.TryParse(template) is not { } value)
        {
            Fault ??= $"The value_template of {id} is '{Cut(template!)}'; only forms such as "
                + "{{ value_json.x | float }} are read here. Describe this device by an adapter of kind json.";
            return;
        }

        var isBinary = platform == "binary_sensor";
        var deviceClass = Text(own, "device_class") ?? "";
        if (MeaningOf(own, id, deviceClass, isBinary) is { } meaning)
        {
            _entities.Add(new DiscoveredEntity(
                Device, meaning, Cut(deviceClass.Length > 0 ? deviceClass : id), topic, value,
                isBinary ? Text(own, "payload_on") ?? "ON" : null,
                isBinary ? Text(own, "payload_off") ?? "OFF" : null));
        }
    }

    /// <summary>Its class says it, else its unit; what is left, or taken already, has its own name.</summary>
    private Meaning? MeaningOf(JsonElement own, string id, string deviceClass, bool isBinary)
    {
        var unit = Cut(Meanings.Unit(Text(own, "unit_of_measurement") ?? ""));
        var isTotal = Text(own, "state_class") is "total" or "total_increasing";
        var signal = Meanings.OfClass(deviceClass, isBinary) ?? (isBinary ? null : unit switch
        {
            "m3/h" or "L/min" or "L/h" => Signal.WaterFlow,
            "m3" or "L" when isTotal => Signal.WaterVolume,
            "dBm" => Signal.Rssi,
            "lqi" => Signal.LinkQuality,
            _ => null,
        });
        if (signal is null || _entities.Exists(entity => entity.Meaning.Signal == signal))
        {
            var named = DeviceNames.Signal(id);
            signal = named.Length > _options.TextCharactersMax ? named[.._options.TextCharactersMax] : named;
        }

        return signal.Length == 0 ? null : new Meaning(signal, unit == "lqi" ? "" : unit);
    }

    /// <summary>The last topic of the list is the device's own; those before it are its bridge's.</summary>
    private void AddAvailability(JsonElement root)
    {
        var last = Find(root, "availability") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0
            ? list[list.GetArrayLength() - 1]
            : root;
        var isListed = !last.Equals(root);
        var topic = Topic(isListed ? Text(last, "topic") : Text(root, "availability_topic"));
        var template = isListed ? Text(last, "value_template") : Text(root, "availability_template");
        if (_entities.Count > 0 && topic is not null && ValueTemplate.TryParse(template) is { } value)
        {
            _entities.Add(new DiscoveredEntity(
                Device, new Meaning(Signal.Online), "connectivity", topic, value,
                Text(last, "payload_available") ?? "online", Text(last, "payload_not_available") ?? "offline"));
        }
    }

    private string? Topic(string? written)
    {
        if (written is null)
        {
            return null;
        }

        var topic = written.StartsWith('~') ? _base + written[1..]
            : written.EndsWith('~') ? written[..^1] + _base
            : written;
        return topic.Length is > 0 and <= 512 && topic.AsSpan().IndexOfAny('+', '#') < 0 ? topic : null;
    }

    private string Cut(string text) =>
        text.Length <= _options.TextCharactersMax ? text : text[.._options.TextCharactersMax];
}
