using System.Collections.Immutable;

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

    private ImmutableDictionary<(string SpaceId, string Symptom), long> OpenByMatter { get; init; } =
        ImmutableDictionary<(string SpaceId, string Symptom), long>.Empty;

    public WorkOrder? OpenOn(string spaceId, string symptom) =>
        OpenByMatter.TryGetValue((spaceId, symptom), out var id) ? ById[id] : null;

    public LiveOrders With(WorkOrder order, OrderPolicy policy)
    {
        var matter = (order.SpaceId, order.Symptom);
        var isLive = order.IsOpen || order.WakeAt(policy) is not null;
        return this with
        {
            ById = isLive ? ById.SetItem(order.Id, order) : ById.Remove(order.Id),
            OpenByMatter = order.IsOpen
                ? OpenByMatter.SetItem(matter, order.Id)
                : OpenByMatter.TryGetValue(matter, out var open) && open == order.Id
                    ? OpenByMatter.Remove(matter)
                    : OpenByMatter,
        };
    }
}
