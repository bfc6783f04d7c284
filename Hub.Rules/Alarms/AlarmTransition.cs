namespace Hub.Rules.Alarms;

/// <summary>What the rules say has changed. The private constructor closes the family.</summary>
/// <param name="Id">The episode; a replay gives the same one.</param>
/// <param name="RuleId">The rule, as named in its pack.</param>
/// <param name="Detector">The detector's code: W1, K1, …</param>
/// <param name="SpaceId">Where.</param>
/// <param name="Device">The site-wide device id of the subject.</param>
/// <param name="Signal">The subject's signal, or empty for a whole device or space.</param>
/// <param name="At">When, on event time.</param>
public abstract record AlarmTransition(
    AlarmId Id, string RuleId, string Detector, string SpaceId, string Device, string Signal, DateTimeOffset At)
{
    /// <summary>The condition has held for the whole on-delay.</summary>
    /// <param name="OnsetAt">Since when it has held.</param>
    /// <param name="PackVersion">The version of the rule pack that raised it.</param>
    /// <param name="Order">The work order it asks for; null for a mere notice in the log.</param>
    /// <param name="Why">The sentence, to be rendered.</param>
    /// <param name="Evidence">The readings that made it.</param>
    public sealed record Raised(
        AlarmId Id, string RuleId, string Detector, string SpaceId, string Device, string Signal, DateTimeOffset At,
        DateTimeOffset OnsetAt, int PackVersion, OrderRequest? Order, Explanation Why, Evidence Evidence)
        : AlarmTransition(Id, RuleId, Detector, SpaceId, Device, Signal, At)
    {
        /// <summary>Nobody lived there then, by the ledger.</summary>
        public bool IsVacant { get; init; }
    }

    /// <summary>The condition has been gone for the whole off-delay.</summary>
    public sealed record Cleared(
        AlarmId Id, string RuleId, string Detector, string SpaceId, string Device, string Signal, DateTimeOffset At)
        : AlarmTransition(Id, RuleId, Detector, SpaceId, Device, Signal, At)
    {
        /// <summary>How often it went and came back within the off-delay: one episode all the same.</summary>
        public int Flaps { get; init; }
    }

    /// <summary>
    /// A reading came too late to be judged, and falls into an episode that goes on: it changes nothing by itself, and
    /// is told to whoever looks into it. Once an episode.
    /// </summary>
    /// <param name="Why">The sentence, to be rendered.</param>
    public sealed record Corrected(
        AlarmId Id, string RuleId, string Detector, string SpaceId, string Device, string Signal, DateTimeOffset At,
        Explanation Why)
        : AlarmTransition(Id, RuleId, Detector, SpaceId, Device, Signal, At);

    /// <summary>A resident took a press back on the kiosk (<c>button.cancel</c>).</summary>
    public sealed record Withdrawn(
        AlarmId Id, string RuleId, string Detector, string SpaceId, string Device, string Signal, DateTimeOffset At)
        : AlarmTransition(Id, RuleId, Detector, SpaceId, Device, Signal, At);
}
