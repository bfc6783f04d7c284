using System.IO.Enumeration;
using System.Text.Json;
using Hub.Rules.Readings;

namespace Hub.Gateway.Adapters.Shelly;

/// <summary>
/// Shelly Gen2 and later (https://shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/Mqtt): RPC notifications on
/// <c>{prefix}/events/rpc</c>, <c>{prefix}/status/{component}</c>, <c>{prefix}/online</c>, <c>{prefix}/announce</c>.
/// </summary>
/// <param name="prefixes">
/// The devices' topic prefixes, with <c>*</c> and <c>?</c>: as delivered they begin with <c>shelly</c>.
/// </param>
public sealed class ShellyAdapter(string prefixes) : IAdapter
{
    private const string Status = "/status/";
    private const string Events = "/events/rpc";
    private const string Online = "/online";
    private const string Announce = "/announce";

    // A wildcard of MQTT is a whole level: of another broker a '*' gets one level, as many as the pattern has slashes.
    public IReadOnlyList<string> TopicFilters
    {
        get
        {
            var prefix = string.Join('/', prefixes.Split('/').Select(
                level => level.AsSpan().ContainsAny('*', '?') ? "+" : level));
            return [prefix + Events, $"{prefix}{Status}+", prefix + Online, prefix + Announce];
        }
    }

    public bool Owns(string topic) => Find(topic) is not null;

    public bool IsDescription(string topic) => Find(topic) is (_, Announce);

    public void Decode(in AdapterMessage message, Decoded into)
    {
        if (Find(message.Topic) is not var (device, kind))
        {
            return;
        }

        if (kind == Online)
        {
            DecodeOnline(message, device, into);
            return;
        }

        using var json = JsonPayload.ReadObject(message.Payload, into);
        if (json is null)
        {
            return;
        }

        switch (kind)
        {
            case Announce:
                Describe(device, json.RootElement, into);
                break;
            case Events:
                DecodeNotification(message, device, json.RootElement, into);
                break;
            default:
                var component = message.Topic[(device.Length + Status.Length)..];
                ShellyComponents.Read(device, component, json.RootElement, null, into);
                break;
        }
    }

    private (string Device, string Kind)? Find(string topic)
    {
        foreach (var kind in (string[])[Events, Online, Announce])
        {
            if (topic.EndsWith(kind, StringComparison.Ordinal))
            {
                return Matches(topic[..^kind.Length]) ? (topic[..^kind.Length], kind) : null;
            }
        }

        var at = topic.LastIndexOf(Status, StringComparison.Ordinal);
        return at > 0 && ShellyComponents.IsKnown(topic[(at + Status.Length)..]) && Matches(topic[..at])
            ? (topic[..at], Status)
            : null;
    }

    private bool Matches(string prefix) =>
        prefix.Length > 0 && FileSystemName.MatchesSimpleExpression(prefixes, prefix, ignoreCase: false);

    private static void DecodeOnline(in AdapterMessage message, string device, Decoded into)
    {
        switch (JsonPayload.Plain(message.Payload))
        {
            case "true":
                into.Online(device, true);
                break;
            case "false":
                into.Online(device, false);
                break;
            default:
                into.Refuse("online must be true or false.");
                break;
        }
    }

    private static void DecodeNotification(in AdapterMessage message, string device, JsonElement root, Decoded into)
    {
        if (JsonPayload.Map(root, "params") is not { } said)
        {
            into.Refuse("A notification must have its params.");
            return;
        }

        var at = into.Believe(JsonPayload.UnixTime(JsonPayload.Number(said, "ts")), message.Now);
        switch (JsonPayload.Text(root, "method"))
        {
            case "NotifyStatus" or "NotifyFullStatus":
                foreach (var component in said.EnumerateObject()
                    .Where(one => one.Value.ValueKind == JsonValueKind.Object))
                {
                    ShellyComponents.Read(device, component.Name, component.Value, at, into);
                }

                break;
            case "NotifyEvent" when JsonPayload.List(said, "events") is { } events:
                foreach (var one in events.EnumerateArray())
                {
                    AddPress(message, device, one, into);
                }

                break;
            default:
                break;
        }
    }

    private static void AddPress(in AdapterMessage message, string device, JsonElement one, Decoded into)
    {
        if (JsonPayload.Text(one, "event") is "single_push" or "double_push" or "triple_push" or "long_push"
            && JsonPayload.Text(one, "component") is { } component)
        {
            var at = into.Believe(JsonPayload.UnixTime(JsonPayload.Number(one, "ts")), message.Now);
            into.Add(ShellyComponents.PartOf(device, component), Signal.ButtonPress, "", 1, at);
        }
    }

    private static void Describe(string device, JsonElement said, Decoded into) => into.Describe(
        device, JsonPayload.Text(said, "name") ?? device,
        $"Shelly {JsonPayload.Text(said, "app") ?? JsonPayload.Text(said, "model")}",
        [new CardSignal(Signal.Online, "", "connectivity"), new CardSignal(Signal.Rssi, "dBm", "signal_strength")]);
}
