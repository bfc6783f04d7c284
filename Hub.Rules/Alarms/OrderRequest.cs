namespace Hub.Rules.Alarms;

/// <summary>What work order an alarm asks for.</summary>
/// <param name="Kind">summon, leak, electricity, intrusion, facility, device, …: domain.md's kinds, in lower
/// case.</param>
/// <param name="Symptom">With the space, the key of the one open order: <c>summon</c>, <c>water</c>,
/// <c>electricity</c>, …</param>
/// <param name="Priority">How soon.</param>
/// <param name="Audience">butler, chief or engineer.</param>
public sealed record OrderRequest(string Kind, string Symptom, OrderPriority Priority, string Audience);
