using System.Text.Json;
using Hub.Gateway.Site;
using Hub.Gateway.Waiting;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Rulebook;

/// <summary>
/// Why there was no alarm: the journal through the exact engine up to that minute, and then each rule is asked; one
/// that fires names its order. One question at a time, because each reads weeks of the journal.
/// </summary>
public sealed class WhyNotService(JournalReplay replay, SiteBook book, OrderDesk desk) : IDisposable
{
    /// <summary>A reading waits that long for its neighbours: what was said of a minute is said by then.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(2);

    /// <summary>Of one place; what is older is not looked for.</summary>
    private const int OrdersMax = 2_000;

    private readonly Turn _one = new();

    /// <summary>The answer; null if there is no such point.</summary>
    public async Task<WhyNotAnswer?> AskAsync(
        string pointId, DateTimeOffset at, string language, CancellationToken cancel)
    {
        if (book.Current.Find(new PointId(pointId)) is not { } point)
        {
            return null;
        }

        using var turn = await _one.TakeAsync(cancel);
        var span = await replay.OpenAsync(at, cancel);
        var standings = await Task.Run(() => Ask(span, point.Number, at, cancel), cancel);
        var orders = standings.Any(IsTold) ? await OrdersAtAsync(point.SpaceId, cancel) : [];
        var answers = standings.Select(one =>
            Answer(one, IsTold(one) ? OrderOf(one, point, at, orders) : null, language));
        return new WhyNotAnswer(pointId, at, language, span.IsWhole, [.. answers]);
    }

    public void Dispose() => _one.Dispose();

    private static IReadOnlyList<Standing> Ask(
        ReplaySpan span, PointNumber point, DateTimeOffset at, CancellationToken cancel)
    {
        var engine = new RulesEngine(RuleSet.From());
        var isProbed = false;
        var until = at + Lateness;
        foreach (var (_, entry) in span.Entries)
        {
            cancel.ThrowIfCancellationRequested();
            if (TimeOf(entry) > until)
            {
                break;
            }

            engine.Step(entry);
            isProbed = isProbed || engine.Probe(point);
        }

        // The clock stands where the question is, also between two ticks.
        engine.Step(new Entry.Tick(until));
        return engine.Standings();
    }

    /// <summary>The hub's clock at an entry; a site change may tell of another day.</summary>
    private static DateTimeOffset TimeOf(Entry entry) => entry switch
    {
        Entry.Readings readings => readings.ReceivedAt,
        Entry.Tick tick => tick.At,
        Entry.Changed changed => changed.At,
        Entry.Presence presence => presence.At,
        Entry.SetAside aside => aside.ReceivedAt,
        _ => DateTimeOffset.MinValue,
    };

    /// <summary>The orders of a place, the newest first.</summary>
    private async Task<List<WorkOrder>> OrdersAtAsync(string spaceId, CancellationToken cancel)
    {
        var newest = new OrderFilter { Scope = OrderScope.All, SpaceId = spaceId, Limit = OrderFilter.LimitMax };
        var orders = new List<WorkOrder>();
        long? after = null;
        do
        {
            var page = await desk.ListAsync(newest with { After = after }, cancel);
            orders.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null && orders.Count < OrdersMax);

        return orders;
    }

    private static bool IsTold(Standing standing) =>
        standing.Kind is StandingKind.Firing or StandingKind.Inhibited;

    /// <summary>The order that stands for this alarm at that time: its own, or one that it joined.</summary>
    private static string? OrderOf(Standing standing, Point point, DateTimeOffset at, List<WorkOrder> orders) =>
        orders.Find(order => order.Alarms.Any(alarm =>
            alarm.RuleId == standing.RuleId && alarm.Device == point.DeviceId
            && alarm.At <= at + Lateness && !(alarm.EndedAt < at)))?.Number;

    private StandingAnswer Answer(Standing standing, string? order, string language)
    {
        var sentence = Explanations.Render(standing.Why, language, book.Zone);
        return new StandingAnswer(
            standing.RuleId, standing.Detector, standing.PackVersion,
            JsonNamingPolicy.CamelCase.ConvertName(standing.Kind.ToString()), standing.Measure?.Figure,
            standing.Measure?.Limit, standing.Measure?.Unit,
            order is null ? sentence : Explanations.Render(InOrder(sentence, order), language, book.Zone), order);
    }

    private static Explanation InOrder(string sentence, string order) => new(
        "why.order", new Dictionary<string, string> { ["sentence"] = sentence, ["order"] = order });
}
