using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

/// <summary>What an order that telemetry began has come to, as far as it says something of the rule.</summary>
/// <param name="Number">As people say it.</param>
/// <param name="SpaceId">Where.</param>
/// <param name="Symptom">What about.</param>
/// <param name="StartedAt">When the anomaly was raised, on event time.</param>
/// <param name="Rule">The rule that raised it first.</param>
/// <param name="Detector">Its code: W2, E4, …</param>
/// <param name="Alarm">The episode that began the order.</param>
/// <param name="ArrivedAt">When somebody was there; null if nobody was.</param>
/// <param name="ResolvedAt">When it was resolved; null while it is not.</param>
/// <param name="Cause">What was found; null while nobody has said.</param>
public sealed record OrderOutcome(
    string Number, string SpaceId, string Symptom, DateTimeOffset StartedAt, string Rule, string Detector,
    AlarmId Alarm, DateTimeOffset? ArrivedAt, DateTimeOffset? ResolvedAt, string? Cause);
