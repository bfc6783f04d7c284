namespace Hub.Gateway.Web.Vacant;

/// <summary>One vacant unit.</summary>
/// <param name="Id">Its space id.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Occupancy">A key of the <c>occupancy</c> words.</param>
/// <param name="Since">Since when, where that is known.</param>
/// <param name="Days">How many days, where that is known.</param>
/// <param name="InspectedAt">When it was inspected last; null for never.</param>
/// <param name="IsDue">It has to be inspected by now.</param>
/// <param name="Window">The reason of the planned window it is in, or empty.</param>
/// <param name="Signals">What its points last said.</param>
/// <param name="Order">The open order there, or null.</param>
/// <param name="OrderKind">Its kind.</param>
public sealed record VacantUnit(
    string Id, string Name, string Occupancy, DateTimeOffset? Since, int? Days,
    DateTimeOffset? InspectedAt, bool IsDue, string Window,
    IReadOnlyList<LiveSignal> Signals, long? Order, string OrderKind);
