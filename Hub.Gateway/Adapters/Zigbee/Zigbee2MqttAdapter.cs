using System.Text.Json;
using Hub.Rules.Readings;

namespace Hub.Gateway.Adapters.Zigbee;

/// <summary>
/// zigbee2mqtt, JSON output (https://www.zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html):
/// <c>{base}/{friendly name}</c>, <c>…/availability</c>, <c>{base}/bridge/state</c>, <c>{base}/bridge/devices</c>.
/// </summary>
public sealed class Zigbee2MqttAdapter(string baseTopic) : IAdapter
{
    private const string Availability = "/availability";

    private readonly string _prefix = $"{baseTopic}/";
    private readonly string _state = $"{baseTopic}/bridge/state";
    private readonly string _devices = $"{baseTopic}/bridge/devices";
    private readonly string _bridge = $"{baseTopic}/bridge/";

    // What bridge/devices has said of each device's properties; a device without an entry is read by the table alone.
    private readonly Dictionary<string, Dictionary<string, Meaning>> _properties = new(StringComparer.Ordinal);

    public IReadOnlyList<string> TopicFilters => [$"{_prefix}#"];

    public bool Owns(string topic) => topic == _state || topic == _devices
        || (topic.StartsWith(_prefix, StringComparison.Ordinal) && topic.Length > _prefix.Length
            && !topic.StartsWith(_bridge, StringComparison.Ordinal) && !IsCommand(topic));

    public bool IsDescription(string topic) => topic == _devices;

    public void Decode(in AdapterMessage message, Decoded into)
    {
        if (message.Topic == _state)
        {
            DecodeBridge(message, into);
        }
        else if (message.Topic == _devices)
        {
            DecodeDevices(message, into);
        }
        else if (message.Topic.EndsWith(Availability, StringComparison.Ordinal))
        {
            DecodeAvailability(message, into);
        }
        else
        {
            DecodeState(message, into);
        }
    }

    private static bool IsCommand(string topic) =>
        topic.EndsWith("/set", StringComparison.Ordinal) || topic.EndsWith("/get", StringComparison.Ordinal)
        || topic.Contains("/set/", StringComparison.Ordinal) || topic.Contains("/get/", StringComparison.Ordinal);

    private static void DecodeBridge(in AdapterMessage message, Decoded into)
    {
        into.IsOnline = StateOf(message, into) switch
        {
            "online" => true,
            "offline" => false,
            _ => null,
        };
        if (into.IsOnline is null)
        {
            into.Refuse("The bridge's state must be online or offline.");
        }
    }

    private void DecodeAvailability(in AdapterMessage message, Decoded into)
    {
        var device = message.Topic[_prefix.Length..^Availability.Length];
        switch (StateOf(message, into))
        {
            case "online":
                into.Online(device, true);
                break;
            case "offline":
                into.Online(device, false);
                break;
            default:
                into.Refuse("A device's availability must be online or offline.");
                break;
        }
    }

    // Since 2.0 it is an object; before, and with legacy settings, the bare word.
    private static string? StateOf(in AdapterMessage message, Decoded into)
    {
        if (JsonPayload.Plain(message.Payload) is "online" or "offline")
        {
            return JsonPayload.Plain(message.Payload);
        }

        using var json = JsonPayload.ReadObject(message.Payload, into);
        return json is null ? null : JsonPayload.Text(json.RootElement, "state");
    }

    private void DecodeState(in AdapterMessage message, Decoded into)
    {
        var device = message.Topic[_prefix.Length..];
        if (message.Payload.IsEmpty)
        {
            // A removed device: its retained state is taken back.
            return;
        }

        using var json = JsonPayload.ReadObject(message.Payload, into);
        if (json is null)
        {
            return;
        }

        var state = json.RootElement;
        var at = state.TryGetProperty("last_seen", out var seen)
            ? into.Believe(JsonPayload.Time(seen), message.Now)
            : null;
        var hasBattery = state.TryGetProperty("battery", out _);
        var described = _properties.GetValueOrDefault(device);
        foreach (var property in state.EnumerateObject())
        {
            var name = property.Name;
            if (name == "action")
            {
                AddPress(device, property.Value, at, into);
            }
            else if (JsonPayload.Number(property.Value) is { } value
                && ZigbeeProperties.Find(name, described, hasBattery) is { } found)
            {
                into.Add(found.Part is null ? device : $"{device}/{found.Part}", found.Meaning, value, at);
            }
        }
    }

    private static void AddPress(string device, JsonElement action, DateTimeOffset? at, Decoded into)
    {
        if (action.ValueKind == JsonValueKind.String && ZigbeeProperties.IsPress(action.GetString()!))
        {
            into.Add(device, Signal.ButtonPress, "", 1, at);
        }
    }

    private void DecodeDevices(in AdapterMessage message, Decoded into)
    {
        using var json = JsonPayload.Read(message.Payload, into);
        if (json is null)
        {
            return;
        }

        if (json.RootElement.ValueKind != JsonValueKind.Array)
        {
            into.Refuse("bridge/devices must be a list of devices.");
            return;
        }

        _properties.Clear();
        foreach (var device in json.RootElement.EnumerateArray().Take(into.Options.DevicesMax))
        {
            if (JsonPayload.Text(device, "friendly_name") is { Length: > 0 } name
                && JsonPayload.Map(device, "definition") is { } definition)
            {
                Describe(name, definition, into);
            }
        }
    }

    private void Describe(string name, JsonElement definition, Decoded into)
    {
        var exposed = JsonPayload.List(definition, "exposes") is { } list
            ? ZigbeeExposes.Read(list, into.Options.SignalsMax)
            : [];
        _properties[name] = exposed.ToDictionary(found => found.Property, found => found.Meaning);
        var maker = JsonPayload.Text(definition, "vendor");
        var model = JsonPayload.Text(definition, "model");
        var signals = exposed
            .Select(found => new CardSignal(found.Meaning.Signal, found.Meaning.Unit, found.Property))
            .Append(new CardSignal(Signal.LinkQuality, "", "linkquality"));
        into.Describe(name, name, $"{maker} {model}", signals);
    }
}
