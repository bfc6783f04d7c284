using System.Text.Json;
using Hub.Rules.Readings;

namespace Hub.Gateway.Adapters.Tasmota;

/// <summary>
/// Tasmota (https://tasmota.github.io/docs/MQTT/): <c>tele/…/SENSOR</c>, <c>STATE</c> and <c>LWT</c>,
/// <c>stat/…/STATUS8</c> and <c>STATUS10</c>, and <c>tasmota/discovery/{mac}/config</c>. Its <c>Time</c> is local and
/// without an offset as delivered: then the arrival is taken.
/// </summary>
public sealed class TasmotaAdapter(string fullTopic) : IAdapter
{
    private const string Discovery = "tasmota/discovery/";

    private readonly TasmotaTopic _topic = new(fullTopic);

    public IReadOnlyList<string> TopicFilters =>
        [$"{Discovery}+/config", _topic.FilterOf("tele"), _topic.FilterOf("stat")];

    public bool Owns(string topic) => IsDiscovery(topic)
        || (_topic.TryRead(topic, out var prefix, out _, out var about) && IsTelemetry(prefix, about));

    public bool IsDescription(string topic) => IsDiscovery(topic);

    public void Decode(in AdapterMessage message, Decoded into)
    {
        if (IsDiscovery(message.Topic))
        {
            DecodeDiscovery(message, into);
            return;
        }

        _topic.TryRead(message.Topic, out _, out var device, out var about);
        if (about == "LWT")
        {
            DecodeWill(message, device, into);
            return;
        }

        using var json = JsonPayload.ReadObject(message.Payload, into);
        if (json is null)
        {
            return;
        }

        var body = JsonPayload.Map(json.RootElement, "StatusSNS") ?? json.RootElement;
        if (about == "STATE")
        {
            AddRadio(device, body, into);
        }
        else
        {
            new TasmotaSensors(device, message.Now, into).Read(body);
        }
    }

    private static bool IsTelemetry(string prefix, string about) =>
        prefix switch
        {
            "tele" => about is "SENSOR" or "STATE" or "LWT",
            "stat" => about is "STATUS8" or "STATUS10",
            _ => false,
        };

    private static bool IsDiscovery(string topic) =>
        topic.StartsWith(Discovery, StringComparison.Ordinal) && topic.EndsWith("/config", StringComparison.Ordinal);

    // The words can be changed in the device's settings; these are the ones it comes with.
    private static void DecodeWill(in AdapterMessage message, string device, Decoded into)
    {
        switch (JsonPayload.Plain(message.Payload))
        {
            case "Online":
                into.Online(device, true);
                break;
            case "Offline":
                into.Online(device, false);
                break;
            default:
                into.Refuse("LWT must be Online or Offline.");
                break;
        }
    }

    // RSSI is a quality in percent, made from the signal in dBm that newer ones send beside it.
    private static void AddRadio(string device, JsonElement state, Decoded into)
    {
        if (JsonPayload.Map(state, "Wifi") is not { } radio)
        {
            return;
        }

        var signal = JsonPayload.Number(radio, "Signal") ?? (JsonPayload.Number(radio, "RSSI") / 2) - 100;
        if (signal is { } dBm)
        {
            into.Add(device, Signal.Rssi, "dBm", dBm);
        }
    }

    private static void DecodeDiscovery(in AdapterMessage message, Decoded into)
    {
        if (message.Payload.IsEmpty)
        {
            return;
        }

        using var json = JsonPayload.ReadObject(message.Payload, into);
        if (json is null)
        {
            return;
        }

        if (JsonPayload.Text(json.RootElement, "t") is not { Length: > 0 } topic)
        {
            into.Refuse("A discovery message must have the device's topic in 't'.");
            return;
        }

        into.Describe(
            topic, JsonPayload.Text(json.RootElement, "dn") ?? topic, JsonPayload.Text(json.RootElement, "md") ?? "",
            [new CardSignal(Signal.Online, "", "connectivity"), new CardSignal(Signal.Rssi, "dBm", "signal_strength")]);
    }
}
