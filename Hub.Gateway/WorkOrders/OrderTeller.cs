using System.Text.Json;
using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

/// <summary>Orders as the API tells them.</summary>
public sealed class OrderTeller(OrderDesk desk)
{
    private static readonly string[] HistoryMembers = ["$type", "at", "notedAt", "by", "before"];

    public OrderSummary Summary(WorkOrder order, string language) => new(
        order.Id, order.Number, OrderWords.Of(order.State), order.Kind, order.Symptom, OrderWords.Of(order.Priority),
        order.Audience, OrderWords.Of(order.Source), order.SpaceId, order.StartedAt, order.NotedAt, order.Repeats,
        order.Round, ActorAnswer.From(order.AcceptedBy), order.NextClock is { } next ? ClockAnswer.From(next) : null,
        order.IsOpen, order.FirstBreach is not null, order.Version, Sentence(order, language),
        [.. order.NextActions(desk.Now, policy: desk.Policy).Select(OrderWords.Of)]);

    public async Task<OrderAnswer> WholeAsync(WorkOrder order, string language, CancellationToken cancel)
    {
        var history = await desk.HistoryAsync(order.Id, cancel);
        var series = await desk.EvidenceAsync(order.Id, cancel);
        return new OrderAnswer(
            Summary(order, language), [.. order.Clocks.Select(ClockAnswer.From)], order.Ladder, order.Vendor,
            order.PromisedFor, order.AppointedFor, ActorAnswer.From(order.ResolvedBy), order.Cause, order.Rating,
            order.MergedInto, EvidenceOf(order, series), [.. history.Select(History)]);
    }

    private static EvidenceAnswer EvidenceOf(WorkOrder order, IReadOnlyList<EvidenceSeries> series) => new(
        order.Why?.Key, order.Why?.Arguments, [.. order.Evidence?.Points.Select(point => point.Value) ?? []],
        order.Evidence?.From, order.Evidence?.To, order.Evidence?.Limit, order.Evidence?.LimitUnit, order.Alarms,
        series);

    /// <summary>As it is stored, with what every event has taken out to the front.</summary>
    private static HistoryAnswer History(OrderEvent happened)
    {
        var details = JsonSerializer.SerializeToNode(happened, OrderJson.Stored)!.AsObject();
        var what = details["$type"]!.GetValue<string>();
        foreach (var member in HistoryMembers)
        {
            details.Remove(member);
        }

        return new HistoryAnswer(happened.At, happened.NotedAt, ActorAnswer.From(happened.By), what, details);
    }

    private string? Sentence(WorkOrder order, string language) =>
        order.Why is { } why ? Explanations.Render(why, language, desk.Policy.Zone) : null;
}
