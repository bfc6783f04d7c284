using System.Text.Json;
using Hub.Rules.Files;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Adapters.Mapping;

/// <summary>
/// Whatever JSON a site describes: a topic pattern and a path for each value. A message without one of the paths gives
/// the others; one without any is refused, because then the description is wrong.
/// </summary>
public sealed class MappingAdapter : IAdapter
{
    private const string DevicePlace = "{device}";

    private readonly DeclaredAdapter _declared;
    private readonly string[] _levels;
    private readonly int _deviceAt;
    private readonly IReadOnlyList<(MappedValue Value, Meaning Meaning, double Factor, double Offset)> _values;

    public MappingAdapter(DeclaredAdapter declared)
    {
        _declared = declared;
        _levels = declared.Topic.Split('/');
        _deviceAt = Array.IndexOf(_levels, DevicePlace);
        _values = [.. declared.Values.Select(Prepare)];
    }

    public IReadOnlyList<string> TopicFilters =>
        [string.Join('/', _levels.Select(level => level is DevicePlace ? "+" : level))];

    public bool Owns(string topic)
    {
        var levels = topic.Split('/');
        return levels.Length == _levels.Length
            && levels.Index().All(level =>
                (_levels[level.Index] is "+" or DevicePlace && level.Item.Length > 0)
                || _levels[level.Index] == level.Item);
    }

    public bool IsDescription(string topic) => false;

    public void Decode(in AdapterMessage message, Decoded into)
    {
        using var json = JsonPayload.Read(message.Payload, into);
        if (json is null)
        {
            return;
        }

        var device = _deviceAt < 0 ? _declared.Id : message.Topic.Split('/')[_deviceAt];
        var at = _declared.Time?.Find(json.RootElement) is { } time
            ? into.Believe(JsonPayload.Time(time), message.Now)
            : null;
        foreach (var (value, meaning, factor, offset) in _values)
        {
            if (value.Path.Find(json.RootElement) is { } sent && NumberOf(sent, value) is { } number)
            {
                into.Add(device, meaning, (number * value.Scale * factor) + offset, at);
            }
        }

        if (into.Readings.Count == 0)
        {
            into.Refuse(
                $"None of the paths of adapter {_declared.Id} leads to a value; compare them with the payload: "
                + $"{string.Join(", ", _values.Select(value => value.Value.Path.Text))}.");
        }
    }

    // The unit that people wrote in the site file becomes the one that the signal is kept in.
    private static (MappedValue, Meaning, double, double) Prepare(MappedValue value)
    {
        var kept = Signal.Of(value.Signal).Unit;
        return UnitOfMeasure.Find(value.Unit) is { } unit && kept.Length > 0
            ? (value, new Meaning(value.Signal, kept), unit.Factor, unit.Offset)
            : (value, new Meaning(value.Signal, value.Unit), 1, 0);
    }

    private static double? NumberOf(JsonElement sent, MappedValue value)
    {
        if (value.On is { } on)
        {
            var text = sent.ValueKind == JsonValueKind.String ? sent.GetString()! : sent.GetRawText();
            return sent.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null ? null
                : text == on ? 1 : 0;
        }

        return JsonPayload.Number(sent)
            ?? (sent.ValueKind == JsonValueKind.String ? CommonNames.OfWord(sent.GetString()!) : null);
    }
}
