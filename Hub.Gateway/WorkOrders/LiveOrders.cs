using System.Collections.Immutable;
using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// The orders that are open or have a clock running, in memory, so that a press costs one commit and no query.
/// Immutable: readers take the picture as it is while the desk makes the next one.
/// </summary>
internal sealed record LiveOrders
{
    public static readonly LiveOrders None = new();

    public ImmutableDictionary<long, WorkOrder> ById { get; private init; } =
        ImmutableDictionary<long, WorkOrder>.Empty;

    /// <summary>What time alone brings next to each, the soonest first.</summary>
    public ImmutableSortedSet<(DateTimeOffset At, long Id)> Wakes { get; private init; } =
        ImmutableSortedSet<(DateTimeOffset At, long Id)>.Empty;

    private ImmutableDictionary<(string SpaceId, string Symptom), long> OpenByMatter { get; init; } =
        ImmutableDictionary<(string SpaceId, string Symptom), long>.Empty;

    public WorkOrder? OpenOn(string spaceId, string symptom) =>
        OpenByMatter.TryGetValue((spaceId, symptom), out var id) ? ById[id] : null;

    /// <summary>The order that somebody is at, and whose case the alarm belongs to; the oldest of several.</summary>
    public WorkOrder? CaseOf(AlarmTransition.Raised raised) => !raised.IsVacant ? null : ById.Values
        .Where(order => order.SpaceId == raised.SpaceId && order.IsAtHand)
        .Where(order => OneCase.Takes(raised, order.Kind, order.RoundAt))
        .MinBy(order => order.Id);

    public LiveOrders With(WorkOrder order, OrderPolicy policy)
    {
        var open = OpenByMatter;
        foreach (var symptom in order.Symptoms)
        {
            var matter = (order.SpaceId, symptom);
            var holder = open.GetValueOrDefault(matter);
            // What has joined an order gives way to an order of its own.
            open = order.IsOpen && (symptom == order.Symptom || holder == 0) ? open.SetItem(matter, order.Id)
                : !order.IsOpen && holder == order.Id ? open.Remove(matter)
                : open;
        }

        var wake = order.WakeAt(policy, mayGoOn: !open.ContainsKey((order.SpaceId, order.Symptom)));
        var wakes = Wakes;
        if (ById.GetValueOrDefault(order.Id) is { } before)
        {
            wakes = wakes.Except(
                new[] { before.WakeAt(policy), before.WakeAt(policy, mayGoOn: false) }.OfType<DateTimeOffset>()
                    .Select(at => (at, order.Id)));
        }

        var isLive = order.IsOpen || wake is not null;
        return this with
        {
            Wakes = wake is { } at ? wakes.Add((at, order.Id)) : wakes,
            ById = isLive ? ById.SetItem(order.Id, order) : ById.Remove(order.Id),
            OpenByMatter = open,
        };
    }
}
