using Hub.Rules.Files;

namespace Hub.Gateway.Facilities;

/// <summary>
/// How a plan stands: when it is due next, and what has been skipped. Pure: the plan, its last order and the hours run
/// give it, on the site's calendar.
/// </summary>
/// <param name="Plan">The plan.</param>
/// <param name="Turn">Its last order; null before the first.</param>
/// <param name="Ran">Since the last time, of the machine that ran longest; null where none is counted.</param>
/// <param name="Zone">The site's zone.</param>
public sealed record PlanStatus(MaintenancePlan Plan, PlanTurn? Turn, TimeSpan? Ran, TimeZoneInfo Zone)
{
    /// <summary>Its order is open.</summary>
    public bool IsOpen => Turn is { EndedAt: null };

    /// <summary>The date that is still to come, or that its open order is for; null by hours alone.</summary>
    public DateOnly? DueOn => (Plan.Every, Turn) switch
    {
        (null, _) => null,
        (_, { EndedAt: null }) => Turn.DueOn,
        (_, null) => Plan.Every.After(Plan.From),
        ({ } every, { IsDone: true }) when Plan.Anchor == PlanAnchor.Done => every.After(CountsFromDay),
        ({ } every, _) => every.After(Grid, every.CountUpTo(Grid, Later(CountsFromDay, Turn.DueOn)) + 1),
    };

    /// <summary>How many dates the last order has passed over by coming late; its own if it was called off.</summary>
    public int Skipped => (Plan.Every, Turn) switch
    {
        ({ } every, { EndedAt: { } ended, DueOn: { } due }) when Plan.Anchor == PlanAnchor.Due => Math.Max(
            0, every.CountUpTo(Plan.From, DayOf(ended, Zone)) - every.CountUpTo(Plan.From, due)),
        _ => 0,
    } + (Turn is { EndedAt: not null, IsDone: false } ? 1 : 0);

    /// <summary>From when hours count: the last time, unless a later day was written down.</summary>
    public DateTimeOffset CountsFrom =>
        Turn?.EndedAt is { } ended && DayOf(ended, Zone) >= Plan.From
            ? ended
            : WallClock.Instant(Plan.From.ToDateTime(TimeOnly.MinValue), Zone);

    /// <summary>It is to be ordered now.</summary>
    public bool IsDue(DateOnly today) => !IsOpen && (DueOn?.AddDays(-Plan.LeadDays) <= today || IsRunOut);

    /// <summary>Its date has gone by, or its hours have, and it isn't done.</summary>
    public bool IsOverdue(DateOnly today) => DueOn < today || IsRunOut;

    public static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private bool IsRunOut => Plan.Hours is { } hours && Ran >= TimeSpan.FromHours(hours);

    private DateOnly CountsFromDay => DayOf(CountsFrom, Zone);

    /// <summary>One that is anchored to when it was done, and was skipped, goes on from its own date.</summary>
    private DateOnly Grid =>
        Plan.Anchor == PlanAnchor.Done && Turn?.DueOn is { } due && due > Plan.From ? due : Plan.From;

    private static DateOnly Later(DateOnly day, DateOnly? other) => other > day ? other.Value : day;
}
