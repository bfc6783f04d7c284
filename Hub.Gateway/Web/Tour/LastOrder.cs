namespace Hub.Gateway.Web.Tour;

/// <summary>The newest order, in a line.</summary>
public sealed record LastOrder(long Id, string Number, string Place, string Kind, string State, DateTimeOffset At);
