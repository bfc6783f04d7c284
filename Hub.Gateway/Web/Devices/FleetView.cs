namespace Hub.Gateway.Web.Devices;

/// <summary>What reports, what does not, and what nobody has commissioned yet.</summary>
/// <param name="Edges">The worst first.</param>
/// <param name="Proposals">Devices that report and are not commissioned.</param>
/// <param name="Questions">Points that come in another unit.</param>
/// <param name="SetAside">Messages that could not become readings, the newest first.</param>
/// <param name="SetAsideCount">How many there are in all.</param>
/// <param name="Spaces">Where a device can be put: id and name.</param>
/// <param name="CanCommission">Whether this visitor may.</param>
/// <param name="Trouble">Why the last click was refused, or null.</param>
/// <param name="Done">What the last click did, or null.</param>
public sealed record FleetView(
    IReadOnlyList<EdgeView> Edges, IReadOnlyList<ProposalView> Proposals, IReadOnlyList<UnitQuestionView> Questions,
    IReadOnlyList<SetAsideView> SetAside, long SetAsideCount, IReadOnlyList<(string Id, string Name)> Spaces,
    bool CanCommission, string? Trouble = null, string? Done = null);
