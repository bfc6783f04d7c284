using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;

namespace Hub.Gateway.Web.Tour;

/// <summary>Makes the demo's first page.</summary>
public sealed class TourMaker(
    HubOptions options, OrderDesk desk, IPremises premises, IDemoControl demo, BuildingMaker building)
{
    /// <summary>Where the leak button leaks, if the building has it: high up, so that the way there is part of the 5
    /// minutes.</summary>
    private const string LeakSuffix = "1201";

    public async Task<TourView> MakeAsync(
        Frame frame, string? next, CancellationToken cancel, string? trouble = null)
    {
        var picture = await building.MakeAsync(frame, cancel);
        var newest = await desk.ListAsync(new OrderFilter { Scope = OrderScope.All, Limit = 1 }, cancel);
        var spaces = premises.Current.Spaces.Values.OrderBy(space => space.Id, StringComparer.Ordinal).ToList();
        var vacant = spaces.Where(space => space.IsVacant).ToList();
        var leak = vacant.Find(space => space.Id.EndsWith(LeakSuffix, StringComparison.Ordinal))
            ?? vacant.FirstOrDefault();
        return new TourView(
            picture, demo.State, desk.OpenOrders.Count,
            newest.Items is [{ } last, ..]
                ? new LastOrder(
                    last.Id, last.Number, premises.Current.Spaces.GetValueOrDefault(last.SpaceId)?.Name ?? last.SpaceId,
                    last.Kind, last.State.ToString(), last.StartedAt)
                : null,
            options.DemoKiosk,
            [.. spaces.Where(space => space.Kind == SpaceKind.Lobby).Select(space => (space.Id, space.Name))],
            [.. vacant.Where(space => space != leak).Select(space => (space.Id, space.Name))],
            leak is null ? null : (leak.Id, leak.Name), next ?? "", trouble);
    }
}
