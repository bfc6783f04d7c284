using System.Globalization;

namespace Hub.Gateway.Fleet;

/// <summary>Decides the state word. Pure.</summary>
internal static class HealthRule
{
    public const double LateTimes = 1.5;
    public const double OfflineTimes = 3;
    public const double BatteryMin = 10;
    public const double ClockOffsetSecondsMax = 2;

    public static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(1);

    /// <summary>Lost pulses and impossible values are news for so long.</summary>
    public static readonly TimeSpan FaultFor = TimeSpan.FromHours(24);

    /// <summary>A point that reports every second is not late after one and a half.</summary>
    public static readonly TimeSpan SilenceMin = TimeSpan.FromSeconds(15);

    public static (HealthState State, string? Reason) OfSilence(long seenAtTicks, TimeSpan? every, DateTimeOffset now)
    {
        if (seenAtTicks == 0)
        {
            return (HealthState.Never, "It has not reported yet.");
        }

        if (every is not { } interval)
        {
            return (HealthState.Ok, null);
        }

        var silence = TimeSpan.FromTicks(now.UtcTicks - seenAtTicks);
        var state = silence >= Longer(interval * OfflineTimes, SilenceMin * 2) ? HealthState.Offline
            : silence >= Longer(interval * LateTimes, SilenceMin) ? HealthState.Late
            : HealthState.Ok;
        return state == HealthState.Ok
            ? (state, null)
            : (state, $"Silent for {Words(silence)}; expected every {Words(interval)}.");
    }

    /// <summary>What is wrong with a device that does report; null if nothing is.</summary>
    public static Suspicion? Suspect(DeviceTrace trace, DateTimeOffset now) =>
        trace.AheadTicks > AheadMax.Ticks
            ? new Suspicion(SuspicionKind.ClockAhead, TimeSpan.FromTicks(trace.AheadTicks).TotalSeconds)
        : Math.Abs(trace.ClockOffsetSeconds) > ClockOffsetSecondsMax
            ? new Suspicion(SuspicionKind.ClockOff, trace.ClockOffsetSeconds)
        : trace.Battery < BatteryMin ? new Suspicion(SuspicionKind.Battery, trace.Battery)
        : now.UtcTicks - trace.LostAtTicks < FaultFor.Ticks ? new Suspicion(SuspicionKind.LostPulses)
        : null;

    public static string Words(TimeSpan time) => time switch
    {
        { TotalSeconds: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalMinutes: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} days"),
    };

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
