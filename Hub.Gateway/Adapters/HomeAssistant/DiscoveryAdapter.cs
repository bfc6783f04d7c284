using System.Collections.Concurrent;
using System.Text.Json;

namespace Hub.Gateway.Adapters.HomeAssistant;

/// <summary>
/// Devices that announce themselves by Home Assistant's MQTT discovery
/// (https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery): <c>{prefix}/{component}/[{node}/]{id}/config</c>
/// and <c>{prefix}/device/…/config</c>. Sensors and binary sensors are read from the state topics that they name.
/// </summary>
public sealed class DiscoveryAdapter(string prefix) : IAdapter
{
    /// <summary>How the hub's own announcements begin their node's id; it doesn't read itself.</summary>
    public const string OwnNode = "buildinghub-";

    private const string Config = "/config";

    private readonly string _prefix = $"{prefix}/";

    // What each configuration topic has announced, and who listens to a state topic; asked from any thread.
    private readonly Dictionary<string, IReadOnlyList<DiscoveredEntity>> _announced = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DiscoveredEntity[]> _byTopic = new(StringComparer.Ordinal);
    private long _topicsVersion;

    public long TopicsVersion => Interlocked.Read(ref _topicsVersion);

    public IReadOnlyList<string> TopicFilters =>
        [$"{_prefix}+/+{Config}", $"{_prefix}+/+/+{Config}", .. _byTopic.Keys];

    public bool Owns(string topic) => IsDescription(topic) || _byTopic.ContainsKey(topic);

    public bool IsDescription(string topic) =>
        topic.StartsWith(_prefix, StringComparison.Ordinal) && topic.EndsWith(Config, StringComparison.Ordinal)
        && topic.AsSpan(_prefix.Length).Count('/') is 2 or 3
        && !topic.Contains($"/{OwnNode}", StringComparison.Ordinal);

    public void Decode(in AdapterMessage message, Decoded into)
    {
        if (_byTopic.TryGetValue(message.Topic, out var entities))
        {
            DecodeState(message, entities, into);
        }
        else if (IsDescription(message.Topic))
        {
            DecodeConfig(message, into);
        }

        // Else the topic was taken back since its route was found.
    }

    private static void DecodeState(in AdapterMessage message, DiscoveredEntity[] entities, Decoded into)
    {
        var plain = JsonPayload.Plain(message.Payload);
        JsonDocument? json = null;
        if (Array.Exists(entities, entity => entity.Value.WantsJson))
        {
            json = JsonPayload.Read(message.Payload, into);
            if (json is null)
            {
                return;
            }
        }

        using (json)
        {
            foreach (var entity in entities)
            {
                if (entity.Read(plain, json?.RootElement) is { } value)
                {
                    into.Add(entity.Device, entity.Meaning, value);
                }
            }
        }
    }

    private void DecodeConfig(in AdapterMessage message, Decoded into)
    {
        // An empty one takes back what the topic has announced.
        using var json = message.Payload.IsEmpty ? null : JsonPayload.ReadObject(message.Payload, into);
        var levels = message.Topic[_prefix.Length..].Split('/');
        var config = json is null ? null : new DiscoveryConfig(levels[0], levels[^2], json.RootElement, into.Options);
        if (config?.Fault is { } fault)
        {
            into.Refuse(fault);
        }

        _announced.Remove(message.Topic, out var before);
        if (config is { Fault: null, Entities.Count: > 0 } && _announced.Count < into.Options.DevicesMax)
        {
            _announced[message.Topic] = config.Entities;
            foreach (var entity in config.Entities)
            {
                Listen(entity, into.Options);
            }

            Describe(config, into);
        }

        // Last, so that a state topic named before and again has somebody listening all the time.
        Forget(before ?? []);
    }

    /// <summary>Everything that the device has announced so far, which may be by many topics.</summary>
    private void Describe(DiscoveryConfig config, Decoded into)
    {
        var signals = _announced.Values.SelectMany(entities => entities)
            .Where(entity => entity.Device == config.Device)
            .Select(entity => new CardSignal(entity.Meaning.Signal, entity.Meaning.Unit, entity.Class));
        into.Describe(config.Device, config.Name, config.Model, signals);
    }

    private void Listen(DiscoveredEntity entity, AdapterOptions options)
    {
        if (!_byTopic.TryGetValue(entity.StateTopic, out var others))
        {
            others = [];
        }

        if (others.Length < options.EntitiesPerTopicMax
            && (others.Length > 0 || _byTopic.Count < options.StateTopicsMax))
        {
            _byTopic[entity.StateTopic] = [.. others.Where(other => !other.IsSame(entity)), entity];
            _topicsVersion += others.Length == 0 ? 1 : 0;
        }
    }

    private void Forget(IReadOnlyList<DiscoveredEntity> entities)
    {
        foreach (var entity in entities)
        {
            if (_byTopic.TryGetValue(entity.StateTopic, out var all))
            {
                DiscoveredEntity[] left = [.. all.Where(other => !ReferenceEquals(other, entity))];
                _byTopic[entity.StateTopic] = left;
                if (left.Length == 0)
                {
                    _byTopic.TryRemove(entity.StateTopic, out _);
                }
            }
        }
    }
}
