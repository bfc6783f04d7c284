namespace Hub.Gateway.Web.Orders;

/// <summary>One line of what happened.</summary>
/// <param name="At">When.</param>
/// <param name="What">A key of the <c>event</c> words.</param>
/// <param name="By">Who; null for the hub itself.</param>
/// <param name="Detail">What was said or entered; shown as it was typed.</param>
/// <param name="Tone">empty, good, bad or loud: the dot's colour, beside the words.</param>
public sealed record HistoryView(DateTimeOffset At, string What, string? By, string Detail, string Tone);
