namespace Hub.Gateway.WorkOrders;

/// <summary>A no, with its reason.</summary>
/// <param name="Reason">As a kind.</param>
/// <param name="Sentence">In plain English: what is in the way, and what helps.</param>
/// <param name="By">Who did what is in the way, where somebody did.</param>
/// <param name="At">When.</param>
public sealed record Refusal(RefusalReason Reason, string Sentence, Actor? By = null, DateTimeOffset? At = null);
