using Hub.Rules.Readings;

namespace Hub.Gateway.Adapters.Sparkplug;

/// <summary>
/// Sparkplug B 3.0: <c>{namespace}/{group}/{NBIRTH│NDATA│NDEATH│DBIRTH│DDATA│DDEATH}/{node}[/{device}]</c>. Names and
/// units are in the births, data has aliases; a gap in <c>seq</c> or an alias that was never born asks for a rebirth.
/// </summary>
public sealed class SparkplugAdapter(string baseTopic) : IAdapter
{
    private static readonly TimeSpan RebirthEvery = TimeSpan.FromSeconds(30);

    private readonly string _prefix = $"{baseTopic}/";
    private readonly Dictionary<(string Group, string Node), SparkplugNode> _nodes = [];

    public IReadOnlyList<string> TopicFilters => [$"{_prefix}#"];

    public bool Owns(string topic) => Parts(topic) is not null;

    public bool IsDescription(string topic) => false;

    public void Decode(in AdapterMessage message, Decoded into)
    {
        if (Parts(message.Topic) is not var (group, kind, id, device))
        {
            return;
        }

        if (SparkplugPayload.Read(message.Payload, into.Options.SignalsMax, out var wrong) is not { } payload)
        {
            into.Refuse(wrong);
            return;
        }

        if (!_nodes.TryGetValue((group, id), out var node))
        {
            if (_nodes.Count == into.Options.SparkplugNodesMax)
            {
                into.Refuse($"More than {into.Options.SparkplugNodesMax} nodes send; this one is not remembered.");
                return;
            }

            _nodes[(group, id)] = node = new SparkplugNode();
        }

        var name = device is null ? $"{group}/{id}" : $"{group}/{id}/{device}";
        switch (kind)
        {
            case "NDEATH":
                Die(node, name, payload, into);
                return;
            case "DDEATH":
                into.Online(name, false, Time(payload.At, message.Now, into));
                break;
            case "NBIRTH" or "DBIRTH":
                Bear(node, name, device, payload, message.Now, into);
                break;
            default:
                AddData(node, name, payload, message.Now, into);
                break;
        }

        if (kind != "NBIRTH" && payload.Sequence is { } sequence && !node.IsNext(sequence) && node.IsBorn)
        {
            AskForRebirth(node, group, id, message.Now, into);
        }
        else if (!node.IsBorn && kind is "NDATA" or "DDATA" or "DBIRTH")
        {
            AskForRebirth(node, group, id, message.Now, into);
        }
    }

    private (string Group, string Kind, string Node, string? Device)? Parts(string topic)
    {
        if (!topic.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return null;
        }

        return topic[_prefix.Length..].Split('/') switch
        {
            [{ Length: > 0 } group, ("NBIRTH" or "NDATA" or "NDEATH") and var kind, { Length: > 0 } node] =>
                (group, kind, node, null),
            [
            { Length: > 0 } group, ("DBIRTH" or "DDATA" or "DDEATH") and var kind, { Length: > 0 } node,
            { Length: > 0 } device,
            ] => (group, kind, node, device),
            _ => null,
        };
    }

    private static void Die(SparkplugNode node, string name, SparkplugPayload payload, Decoded into)
    {
        // 6.4.23: the broker may send the will of a life before this one after this one's birth.
        var number = BirthNumber(payload);
        if (node.IsBorn && number is not null && node.BirthNumber is not null && number != node.BirthNumber)
        {
            return;
        }

        node.Die();
        into.Online(name, false);
        foreach (var device in node.Devices)
        {
            into.Online(device, false);
        }
    }

    private static void Bear(
        SparkplugNode node, string name, string? device, SparkplugPayload payload, DateTimeOffset now, Decoded into)
    {
        if (device is null)
        {
            node.Bear(BirthNumber(payload), payload.Sequence ?? 0);
        }
        else if (node.Devices.Count < into.Options.SignalsMax)
        {
            node.Devices.Add(name);
        }

        List<CardSignal> signals = [new(Signal.Online, "", "connectivity")];
        foreach (var metric in payload.Metrics)
        {
            node.Remember(metric, into.Options.AliasesMax);
            if (metric.Name is { } said && MeaningOf(metric) is { } meaning)
            {
                signals.Add(new CardSignal(meaning.Signal, meaning.Unit, said));
                Add(name, metric, meaning, payload.At, now, into);
            }
        }

        into.Online(name, true, Time(payload.At, now, into));
        into.Describe(name, name, "", signals);
    }

    private static void AddData(
        SparkplugNode node, string name, SparkplugPayload payload, DateTimeOffset now, Decoded into)
    {
        var unknown = 0;
        foreach (var metric in payload.Metrics)
        {
            if (node.Named(metric) is not { } named)
            {
                unknown++;
            }
            else if (MeaningOf(named) is { } meaning)
            {
                Add(name, named, meaning, payload.At, now, into);
            }
        }

        if (unknown > 0)
        {
            into.Refuse($"{unknown} metrics have an alias that no birth has named; a rebirth is asked for.");
            node.Die();
        }
    }

    private static void Add(
        string name, in SparkplugMetric metric, Meaning meaning, ulong? payloadAt, DateTimeOffset now, Decoded into)
    {
        if (metric.Value is { } value)
        {
            into.Add(name, meaning, value, Time(metric.At ?? payloadAt, now, into));
        }
    }

    private static Meaning? MeaningOf(in SparkplugMetric metric) =>
        metric.Name is not { } name || name == "bdSeq"
            || name.StartsWith("Node Control/", StringComparison.Ordinal)
            || name.StartsWith("Device Control/", StringComparison.Ordinal)
            ? null
            : CommonNames.Of(name, metric.Unit);

    private static double? BirthNumber(SparkplugPayload payload)
    {
        foreach (var metric in payload.Metrics)
        {
            if (metric.Name == "bdSeq")
            {
                return metric.Value;
            }
        }

        return null;
    }

    private static DateTimeOffset? Time(ulong? milliseconds, DateTimeOffset now, Decoded into) =>
        milliseconds is > 0 and < long.MaxValue
            ? into.Believe(JsonPayload.UnixTime(milliseconds.Value) ?? DateTimeOffset.MinValue, now)
            : null;

    private void AskForRebirth(SparkplugNode node, string group, string id, DateTimeOffset now, Decoded into)
    {
        if (now - node.RebirthAskedAt >= RebirthEvery || now < node.RebirthAskedAt)
        {
            node.RebirthAskedAt = now;
            into.Request = new AdapterRequest($"{_prefix}{group}/NCMD/{id}", SparkplugPayload.Rebirth(now));
        }
    }
}
