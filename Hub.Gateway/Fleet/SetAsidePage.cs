namespace Hub.Gateway.Fleet;

/// <summary>Messages that were set aside, the newest first.</summary>
/// <param name="Items">Some of them.</param>
/// <param name="Count">How many are kept.</param>
/// <param name="Dropped">How many older ones were dropped because there is room for 10,000.</param>
public sealed record SetAsidePage(IReadOnlyList<SetAsideMessage> Items, long Count, long Dropped);
