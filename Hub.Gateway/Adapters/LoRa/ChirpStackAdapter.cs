using System.Text.Json;
using Hub.Rules.Readings;

namespace Hub.Gateway.Adapters.LoRa;

/// <summary>
/// ChirpStack v4, JSON (https://www.chirpstack.io/docs/chirpstack/integrations/events.html):
/// <c>{base}/{application}/device/{devEui}/event/up</c> and <c>…/status</c>. The values are those of <c>object</c>,
/// which the codec of the device's profile makes; without a codec only the radio is read.
/// </summary>
public sealed class ChirpStackAdapter(string baseTopic) : IAdapter
{
    private const int ObjectDepthMax = 3;
    private const string Lost = "device.uplinks.lost";
    private const string Margin = "device.radio.margin";

    private readonly string _prefix = $"{baseTopic}/";

    // The frame counter of each device's last uplink: what is missing between two is lost on the air.
    private readonly Dictionary<string, long> _counters = new(StringComparer.Ordinal);

    public IReadOnlyList<string> TopicFilters => [$"{_prefix}+/device/+/event/+"];

    public bool Owns(string topic) => Parts(topic) is not null;

    public bool IsDescription(string topic) => false;

    public void Decode(in AdapterMessage message, Decoded into)
    {
        using var json = JsonPayload.ReadObject(message.Payload, into);
        if (json is null || Parts(message.Topic) is not var (device, kind))
        {
            return;
        }

        var root = json.RootElement;
        var at = root.TryGetProperty("time", out var time) ? into.Believe(JsonPayload.Time(time), message.Now) : null;
        if (kind == "status")
        {
            AddOwn(device, Signal.Battery, "%EL", JsonPayload.Number(root, "batteryLevel"), at, into);
            AddOwn(device, Margin, "dB", JsonPayload.Number(root, "margin"), at, into);
            return;
        }

        AddRadio(device, root, at, into);
        AddLost(device, root, at, into);
        List<CardSignal> signals = [new(Signal.Rssi, "dBm", "rssi"), new(Signal.Snr, "dB", "snr")];
        if (JsonPayload.Map(root, "object") is { } values)
        {
            AddValues(device, values, "", at, signals, into);
        }

        var info = JsonPayload.Map(root, "deviceInfo") ?? default;
        into.Describe(
            device, JsonPayload.Text(info, "deviceName") ?? device, JsonPayload.Text(info, "deviceProfileName") ?? "",
            signals);
    }

    private (string Device, string Kind)? Parts(string topic)
    {
        if (!topic.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var levels = topic[_prefix.Length..].Split('/');
        return levels is [_, "device", { Length: > 0 } device, "event", "up" or "status"] ? (device, levels[4]) : null;
    }

    private static void AddOwn(
        string device, string signal, string unit, double? value, DateTimeOffset? at, Decoded into)
    {
        if (value is { } number)
        {
            into.Add(device, signal, unit, number, at);
        }
    }

    /// <summary>The gateway that heard it best.</summary>
    private static void AddRadio(string device, JsonElement root, DateTimeOffset? at, Decoded into)
    {
        if (JsonPayload.List(root, "rxInfo") is not { } gateways)
        {
            return;
        }

        JsonElement? best = null;
        foreach (var gateway in gateways.EnumerateArray())
        {
            if (JsonPayload.Number(gateway, "rssi") is { } rssi
                && (best is not { } before || rssi > JsonPayload.Number(before, "rssi")))
            {
                best = gateway;
            }
        }

        if (best is { } heard)
        {
            AddOwn(device, Signal.Rssi, "dBm", JsonPayload.Number(heard, "rssi"), at, into);
            AddOwn(device, Signal.Snr, "dB", JsonPayload.Number(heard, "snr"), at, into);
        }
    }

    private void AddLost(string device, JsonElement root, DateTimeOffset? at, Decoded into)
    {
        if (JsonPayload.Number(root, "fCnt") is not { } sent || sent is < 0 or > uint.MaxValue)
        {
            return;
        }

        var counter = (long)sent;
        if (_counters.TryGetValue(device, out var before) && counter > before)
        {
            into.Add(device, Lost, "count", counter - before - 1, at);
        }

        if (_counters.ContainsKey(device) || _counters.Count < into.Options.DevicesMax)
        {
            _counters[device] = counter;
        }
    }

    private static void AddValues(
        string device, JsonElement values, string path, DateTimeOffset? at, List<CardSignal> signals, Decoded into)
    {
        foreach (var value in values.EnumerateObject())
        {
            var name = path + value.Name;
            if (value.Value.ValueKind == JsonValueKind.Object && path.Count(c => c == '.') < ObjectDepthMax - 1)
            {
                AddValues(device, value.Value, $"{name}.", at, signals, into);
            }
            else if (CommonNames.Of(name) is { } meaning && NumberOf(value.Value, meaning) is { } number)
            {
                into.Add(device, meaning, number, at);
                signals.Add(new CardSignal(meaning.Signal, meaning.Unit, name));
            }
        }
    }

    // Some decoders count what others only notice: a contact is 1 for any number but 0.
    private static double? NumberOf(JsonElement value, Meaning meaning)
    {
        var number = JsonPayload.Number(value);
        if (!CommonNames.IsContact(meaning))
        {
            return number;
        }

        return number is { } count ? Math.Sign(Math.Abs(count))
            : value.ValueKind == JsonValueKind.String ? CommonNames.OfWord(value.GetString()!)
            : null;
    }
}
