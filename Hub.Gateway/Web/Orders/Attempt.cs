using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Web.Orders;

/// <summary>A step that was refused: the page comes back with the reason and with everything that had been
/// typed.</summary>
/// <param name="Action">Which step.</param>
/// <param name="Reason">Why not, as a sentence.</param>
/// <param name="Fields">What had been typed.</param>
public sealed record Attempt(OrderAction Action, string Reason, IReadOnlyDictionary<string, string> Fields)
{
    public string Typed(OrderAction action, string field) =>
        action == Action ? Fields.GetValueOrDefault(field, "") : "";
}
