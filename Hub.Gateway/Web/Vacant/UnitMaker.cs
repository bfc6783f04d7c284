using Hub.Gateway.Units;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;

namespace Hub.Gateway.Web.Vacant;

/// <summary>Makes the page of one unit out of the ledger, its open orders and what its points last said.</summary>
public sealed class UnitMaker(UnitLedger ledger, OrderDesk desk, VacantMaker vacant)
{
    /// <summary>Null if there is no such unit.</summary>
    public async Task<UnitView?> MakeAsync(Frame frame, string id, string trouble, CancellationToken cancel)
    {
        if (ledger.Site.Spaces.GetValueOrDefault(id) is not { Kind: SpaceKind.Unit } unit)
        {
            return null;
        }

        await desk.LoadAsync(cancel);
        var owners = await ledger.OwnersAsync(cancel);
        var moves = await ledger.MovesAsync(id, cancel);
        return new UnitView(
            unit, UnitTeller.DaysVacant(unit, frame.Now, ledger.Zone), owners.GetValueOrDefault(id, ""),
            [.. UnitTeller.Windows(ledger.Site, id, frame.Now)],
            vacant.Signals(ledger.Site.Points.Values.Where(point => point.SpaceId == id), frame),
            [.. desk.OpenOrders.Where(order => order.SpaceId == id)], [.. moves.Reverse()], trouble);
    }
}
