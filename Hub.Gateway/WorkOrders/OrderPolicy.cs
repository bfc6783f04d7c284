using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

/// <summary>The promises in figures, as one site has them. The defaults are the published 5341 standard.</summary>
public sealed record OrderPolicy
{
    /// <summary>The longest text that an order takes; longer ones are refused.</summary>
    public const int TextCharsMax = 2_000;

    public const string Complaint = "complaint";

    /// <summary>Presses and alarms that an order remembers one by one; older ended ones are only counted.</summary>
    public const int AlarmsMax = 50;

    /// <summary>How long a person may undo what he did; as long, nobody is told of it.</summary>
    public static readonly TimeSpan UndoFor = TimeSpan.FromSeconds(10);

    public static readonly OrderPolicy Standard = new();

    public TimeSpan AtPlaceMax { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan SolveMax { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan FinalMax { get; init; } = TimeSpan.FromHours(4);

    public TimeSpan CommitmentMax { get; init; } = TimeSpan.FromDays(1);

    public TimeSpan FollowUpMax { get; init; } = TimeSpan.FromDays(1);

    /// <summary>From here on, explaining is the thing to do next, not solving.</summary>
    public TimeSpan ExplainFrom { get; init; } = TimeSpan.FromMinutes(25);

    /// <summary>
    /// Kinds that are to be done within a time of their own instead of 30 minutes; only a superior moves that date.
    /// </summary>
    public IReadOnlyDictionary<string, TimeSpan> Terms { get; init; } = new Dictionary<string, TimeSpan>
    {
        [Complaint] = TimeSpan.FromHours(24),
        ["major-repair"] = TimeSpan.FromDays(3),
    };

    /// <summary>Kinds that turn out to be larger ones, and as which they go on then.</summary>
    public IReadOnlyDictionary<string, string> LargerKinds { get; init; } =
        new Dictionary<string, string> { ["repair"] = "major-repair" };

    /// <summary>How long before an appointment somebody is looked for, where nobody has accepted it.</summary>
    public TimeSpan AppointmentLead { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long before an appointment whoever has it is reminded.</summary>
    public TimeSpan ReminderBefore { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How late what a phone did without a connection may come.</summary>
    public TimeSpan LateMax { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How far ahead a vendor's date may lie.</summary>
    public TimeSpan PromiseMax { get; init; } = TimeSpan.FromDays(366);

    /// <summary>How long a resident may take a press back.</summary>
    public TimeSpan CancelFor { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>An anomaly that fires again within this time after the resolution re-opens the order.</summary>
    public TimeSpan RecurFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Closed over a signal that doesn't agree, an order is left alone for as long as the rule had looked, and for this
    /// long at the least; then it re-opens.
    /// </summary>
    public TimeSpan GoesOnAfterMin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after its resolution a person may re-open an order.</summary>
    public TimeSpan ReopenFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a visit to a unit may move its doors and taps.</summary>
    public TimeSpan VisitFor { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Who is told when, until somebody accepts; the breach itself is the rung at 5:00.</summary>
    public IReadOnlyList<LadderRung> Ladder { get; init; } =
    [
        new("butler", TimeSpan.Zero), new("partner", TimeSpan.FromSeconds(90)),
        new("hotline", TimeSpan.FromMinutes(3)), new("chief", TimeSpan.FromMinutes(4)),
    ];

    /// <summary>Who is on shift; null without a roster.</summary>
    public IDutyTable? Duty { get; init; }

    /// <summary>The lobby desk's 16 hours; without a roster the hotline is told first outside them.</summary>
    public TimeOnly LobbyOpensAt { get; init; } = new(7, 0);

    public TimeOnly LobbyClosesAt { get; init; } = new(23, 0);

    /// <summary>The site's zone, for lobby hours and order numbers.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Kinds that somebody has to come for; the others may be answered by phone or from the desk.</summary>
    public IReadOnlySet<string> OnTheSpotKinds { get; init; } =
        new HashSet<string> { "summon", "leak", "intrusion", "electricity", "facility" };

    /// <summary>Kinds that end by themselves if the signal agrees again before anybody has taken them.</summary>
    public IReadOnlySet<string> SelfClosingKinds { get; init; } = new HashSet<string> { "device" };

    /// <summary>Kinds that a person may write an order down for.</summary>
    public IReadOnlySet<string> PersonKinds { get; init; } = new HashSet<string>
    {
        "request", Complaint, "repair", "major-repair", "leak", "electricity", "intrusion", "facility", "device",
        "inspection", "maintenance", "homecoming",
    };

    /// <summary>Who may give another date for what has a term of its own.</summary>
    public IReadOnlySet<ActorRole> TermRoles { get; init; } =
        new HashSet<ActorRole> { ActorRole.Chief, ActorRole.Director };

    public IReadOnlySet<ActorRole> FollowUpRoles { get; init; } =
        new HashSet<ActorRole> { ActorRole.Hotline, ActorRole.Chief, ActorRole.Director, ActorRole.Quality };

    public TimeSpan Length(ClockKind clock) => clock switch
    {
        ClockKind.C5 => AtPlaceMax,
        ClockKind.C30 => SolveMax,
        ClockKind.C4h => FinalMax,
        ClockKind.C1d => CommitmentMax,
        ClockKind.Cfu => FollowUpMax,
        _ => throw new ArgumentOutOfRangeException(nameof(clock), clock, "A commitment has its own date."),
    };

    /// <summary>How long before its due instant somebody is told that a clock is about to run out.</summary>
    public TimeSpan WarnBefore(ClockKind clock) => clock switch
    {
        ClockKind.C5 => TimeSpan.FromMinutes(1),
        ClockKind.C30 => SolveMax - ExplainFrom,
        ClockKind.C4h or ClockKind.Cx => TimeSpan.FromMinutes(30),
        _ => TimeSpan.FromHours(2),
    };

    /// <summary>The rungs for an order that begins at that instant; a mere notice wakes nobody.</summary>
    /// <param name="priority">How soon.</param>
    /// <param name="audience">Whom it is for.</param>
    /// <param name="at">When it begins.</param>
    /// <param name="appointed">When somebody is to be there, if not at once: looked for a while before.</param>
    public IReadOnlyList<LadderStep> LadderFor(
        OrderPriority priority, string audience, DateTimeOffset at, DateTimeOffset? appointed = null)
    {
        if (priority == OrderPriority.Notice)
        {
            return [];
        }

        at = appointed - AppointmentLead is { } lead && lead > at ? lead : at;
        var local = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);
        var rungs = Duty is not null ? Duty.Ladder is { Count: > 0 } own ? own : Ladder
            : local.IsBetween(LobbyOpensAt, LobbyClosesAt) ? Ladder
            : AtNight();
        return [.. rungs.Select(rung => new LadderStep(For(audience, rung), at + rung.After))];
    }

    private static string For(string audience, LadderRung rung) =>
        rung.To == "butler" && audience.Length > 0 ? audience : rung.To;

    private IEnumerable<LadderRung> AtNight() => Ladder
        .Where(rung => rung.To is not ("butler" or "partner"))
        .Select((rung, index) => index == 0 ? rung with { After = TimeSpan.Zero } : rung);
}
