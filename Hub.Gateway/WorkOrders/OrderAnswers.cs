using System.Text.Json.Nodes;

namespace Hub.Gateway.WorkOrders;

/// <summary>A person in an answer.</summary>
public sealed record ActorAnswer(string Id, string Role, string Display)
{
    public static ActorAnswer? From(Actor? actor) =>
        actor is null ? null : new(actor.Id, OrderWords.Of(actor.Role), actor.Display);
}

/// <summary>One clock; <c>result</c> is running, met, breached or replaced.</summary>
public sealed record ClockAnswer(
    string Kind, DateTimeOffset StartedAt, DateTimeOffset DueAt, DateTimeOffset? StoppedAt, string Result)
{
    public static ClockAnswer From(SlaClock clock) => new(
        OrderWords.Of(clock.Kind), clock.StartedAt, clock.DueAt, clock.StoppedAt, OrderWords.Of(clock.Result));
}

/// <summary>One order in a list.</summary>
/// <param name="StartedAt">The press or anomaly on its own time.</param>
/// <param name="NotedAt">When the hub learnt of it.</param>
/// <param name="Next">The clock that counts now.</param>
/// <param name="Actions">What can be done, the thing to do next first.</param>
public sealed record OrderSummary(
    long Id, string Number, string State, string Kind, string Symptom, string Priority, string Audience, string Source,
    string Space, DateTimeOffset StartedAt, DateTimeOffset NotedAt, int Repeats, int Round, ActorAnswer? AcceptedBy,
    ClockAnswer? Next, bool IsOpen, bool IsBreached, int Version, string? Sentence, IReadOnlyList<string> Actions);

/// <summary>A page of orders, newest first; <c>next</c> is the <c>after</c> of the next page.</summary>
public sealed record OrderListAnswer(IReadOnlyList<OrderSummary> Items, string? Next);

/// <summary>One thing that happened; <c>details</c> depend on <c>what</c>.</summary>
public sealed record HistoryAnswer(
    DateTimeOffset At, DateTimeOffset NotedAt, ActorAnswer? By, string What, JsonObject Details);

/// <summary>The alarms and readings behind an order.</summary>
/// <param name="Key">The sentence's template.</param>
/// <param name="Arguments">And what it was filled with.</param>
/// <param name="Points">The points, the main one first.</param>
public sealed record EvidenceAnswer(
    string? Key, IReadOnlyDictionary<string, string>? Arguments, IReadOnlyList<int> Points, DateTimeOffset? From,
    DateTimeOffset? To, double? Limit, string? LimitUnit, IReadOnlyList<OrderAlarm> Alarms,
    IReadOnlyList<EvidenceSeries> Series);

/// <summary>An order with everything that is known of it.</summary>
public sealed record OrderAnswer(
    OrderSummary Order, IReadOnlyList<ClockAnswer> Clocks, IReadOnlyList<LadderStep> Ladder, string? Vendor,
    DateTimeOffset? PromisedFor, DateTimeOffset? AppointedFor, ActorAnswer? ResolvedBy, string? Cause, int? Rating,
    long? MergedInto, EvidenceAnswer Evidence, IReadOnlyList<HistoryAnswer> History);
