namespace Hub.Gateway.Web.Inbox;

/// <summary>What rings on every page of whoever could accept it.</summary>
/// <param name="Cards">Urgent first, then as in the inbox.</param>
public sealed record RingView(IReadOnlyList<CardView> Cards);
