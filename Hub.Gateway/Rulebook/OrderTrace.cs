using System.Globalization;
using Hub.Gateway.Site;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Gateway.Rulebook;

/// <summary>From an order back to what made it: its alarms, the rules of that version, and the readings.</summary>
public sealed class OrderTrace(OrderDesk desk, SiteBook book, IEvidenceSource? history = null)
{
    private const int ReadingsMax = 40;

    public async Task<TraceAnswer> OfAsync(WorkOrder order, string language, CancellationToken cancel)
    {
        var activations = await book.ActivationsAsync(cancel);
        var alarms = order.Alarms.Select(alarm => Of(alarm, activations, language)).ToList();
        var series = await desk.EvidenceAsync(order.Id, cancel);
        if (series.Count == 0 && order.Evidence is { } evidence && history is not null)
        {
            series = await history.ReadAsync(evidence, cancel);
        }

        var readings = series.SelectMany(Readings).OrderBy(reading => reading.At).ToList();
        var sentence = order.Why is { } why ? Explanations.Render(why, language, book.Zone) : null;
        return new TraceAnswer(
            order.Number, sentence, alarms, readings, [.. Lines(order, sentence, alarms, readings, language)]);
    }

    private TracedAlarm Of(OrderAlarm alarm, IReadOnlyList<PackActivation> activations, string language)
    {
        var rule = RuleOf(alarm, activations);
        var settings = rule is null
            ? []
            : DetectorCatalogue.Of(rule.Detector).Parameters
                .ToDictionary(set => set.Name, set => rule.Parameter(set.Name));
        return new TracedAlarm(
            alarm.Id.Value, alarm.RuleId, alarm.Detector, alarm.PackVersion, alarm.Device, alarm.Signal,
            Scorecards.OnsetOf(alarm.Id) ?? alarm.At, alarm.At, alarm.EndedAt, alarm.Flaps, rule?.Why,
            settings, alarm.Why is { } why ? Explanations.Render(why, language, book.Zone) : null);
    }

    /// <summary>The rule as the version that raised it had it.</summary>
    private static Rule? RuleOf(OrderAlarm alarm, IReadOnlyList<PackActivation> activations) =>
        (from activation in activations.Reverse()
         where activation.Pack.Version == alarm.PackVersion
         let pack = RulePackFile.Read(activation.Pack.PackId, activation.Pack.Yaml).Value
         from rule in pack?.Rules ?? []
         where rule.Id == alarm.RuleId
         select rule).FirstOrDefault();

    private IEnumerable<TracedReading> Readings(EvidenceSeries series)
    {
        var point = book.Current.Find(series.Point);
        var name = point?.Id.Value ?? series.Point.Value.ToString(CultureInfo.InvariantCulture);
        var unit = point is null ? "" : Signal.Of(point.Signal).Unit;
        var step = Math.Max(1, (series.Samples.Count + ReadingsMax - 1) / ReadingsMax);
        return series.Samples.Where((_, index) => index % step == 0)
            .Select(sample => new TracedReading(name, sample.At, sample.Value, unit));
    }

    private IEnumerable<string> Lines(
        WorkOrder order, string? sentence, IReadOnlyList<TracedAlarm> alarms, IReadOnlyList<TracedReading> readings,
        string language)
    {
        yield return Say(
            "trace.order", ("order", order.Number), ("space", order.SpaceId), ("at", Iso(order.StartedAt)));
        if (sentence is not null)
        {
            yield return sentence;
        }

        foreach (var alarm in alarms)
        {
            yield return Say(
                alarm.ClearedAt is null ? "trace.alarm" : "trace.alarm.over", ("rule", alarm.Rule),
                ("version", alarm.Version.ToString(CultureInfo.InvariantCulture)), ("device", alarm.Device),
                ("since", Iso(alarm.OnsetAt)), ("at", Iso(alarm.RaisedAt)), ("end", Iso(alarm.ClearedAt ?? default)));
            if (alarm.Sentence is { } joined)
            {
                yield return $"  {joined}";
            }

            if (alarm.Flaps > 0)
            {
                yield return Say("trace.flaps", ("count", alarm.Flaps.ToString(CultureInfo.InvariantCulture)));
            }

            if (alarm.RuleWhy is { } why)
            {
                yield return $"  {why}";
            }
        }

        foreach (var of in readings.GroupBy(reading => reading.Point))
        {
            yield return Say(
                "trace.readings", ("device", of.Key),
                ("count", of.Count().ToString(CultureInfo.InvariantCulture)),
                ("at", Iso(of.First().At)), ("first", Value(of.First())),
                ("end", Iso(of.Last().At)), ("last", Value(of.Last())));
        }

        string Say(string key, params ReadOnlySpan<(string Name, string Value)> arguments)
        {
            var named = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, value) in arguments)
            {
                named[name] = value;
            }

            return Explanations.Render(new Explanation(key, named), language, book.Zone);
        }
    }

    private static string Value(TracedReading reading) =>
        string.Create(CultureInfo.InvariantCulture, $"{reading.Value:0.###} {reading.Unit}").TrimEnd();

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
