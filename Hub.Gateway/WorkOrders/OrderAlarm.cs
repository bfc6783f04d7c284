using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

/// <summary>One press or one alarm that an order stands for.</summary>
/// <param name="Id">The episode.</param>
/// <param name="RuleId">The rule that raised it.</param>
/// <param name="Detector">Its code: K1, W2, …</param>
/// <param name="PackVersion">The version of its pack.</param>
/// <param name="Device">The site-wide device id.</param>
/// <param name="Signal">The signal, or empty.</param>
/// <param name="At">When it was raised, on event time.</param>
/// <param name="EndedAt">When the signal agreed again, or the press was taken back.</param>
/// <param name="Flaps">How often it went and came back before that: one alarm all the same.</param>
/// <param name="Symptom">Its own, where it joined an order on another one; null else.</param>
/// <param name="Why">Its sentence, where it brought something new to an order that was there; null else.</param>
/// <param name="OwnTime">How long the rule had looked before it raised it; null of what older versions wrote.</param>
public sealed record OrderAlarm(
    AlarmId Id, string RuleId, string Detector, int PackVersion, string Device, string Signal, DateTimeOffset At,
    DateTimeOffset? EndedAt = null, int Flaps = 0, string? Symptom = null, Explanation? Why = null,
    TimeSpan? OwnTime = null)
{
    public const string SummonDetector = "K1";

    public bool IsPress => Detector == SummonDetector;

    public bool HasEnded => EndedAt is not null;

    public static OrderAlarm Of(AlarmTransition.Raised raised) => new(
        raised.Id, raised.RuleId, raised.Detector, raised.PackVersion, raised.Device, raised.Signal, raised.At,
        OwnTime: raised.At - raised.OnsetAt);
}
