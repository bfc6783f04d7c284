using Hub.Gateway.Units;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;

namespace Hub.Gateway.Web.Vacant;

/// <summary>One unit: who lives there or why nobody does, what is planned, what has been.</summary>
/// <param name="Unit">As the site has it.</param>
/// <param name="Days">How many days it has been vacant, where that is known.</param>
/// <param name="Owner">The owner's file number; empty for none.</param>
/// <param name="Windows">Those that have not ended.</param>
/// <param name="Signals">What its points said last.</param>
/// <param name="Orders">Its open orders.</param>
/// <param name="Moves">Its history, the newest first.</param>
/// <param name="Trouble">Why the last step was not taken; empty if it was, or none was tried.</param>
public sealed record UnitView(
    Space Unit, int? Days, string Owner, IReadOnlyList<PlannedWindow> Windows, IReadOnlyList<LiveSignal> Signals,
    IReadOnlyList<WorkOrder> Orders, IReadOnlyList<UnitMove> Moves, string Trouble);
