namespace Hub.Gateway.Rulebook;

/// <summary>A rule of an active pack.</summary>
public sealed record PackRuleAnswer(string Id, string Detector, string Why);

/// <summary>An active pack.</summary>
/// <param name="Since">When it came into force.</param>
/// <param name="By">Who activated it; null where the hub took it from its files.</param>
/// <param name="Previous">The version that a rollback brings back; null for the first.</param>
/// <param name="IsTested">Its text has gone through a backtest here.</param>
public sealed record PackAnswer(
    string Pack, int Version, DateTimeOffset? Since, string? By, int? Previous, bool IsTested,
    IReadOnlyList<PackRuleAnswer> Rules);

/// <summary>Why one rule says nothing of a point, or that it speaks.</summary>
/// <param name="Standing">The reason as a word: <c>false</c>, <c>gap</c>, <c>onDelay</c> …</param>
/// <param name="Sentence">In the reader's language.</param>
/// <param name="Order">The number of the order that it opened or joined; null if there is none.</param>
public sealed record StandingAnswer(
    string Rule, string Detector, int Version, string Standing, double? Figure, double? Limit, string? Unit,
    string Sentence, string? Order);

/// <summary>Why there was no alarm about a point at that time.</summary>
/// <param name="IsWhole">
/// False where it was not asked from the journal's first row: because that has been trimmed, or is more than 35 days
/// before. What was learnt before is not known again.
/// </param>
public sealed record WhyNotAnswer(
    string Point, DateTimeOffset At, string Language, bool IsWhole, IReadOnlyList<StandingAnswer> Rules);

/// <summary>What a detector's alarms were worth, by what people found.</summary>
/// <param name="Orders">Orders its rules began.</param>
/// <param name="Precision">Confirmed over confirmed and false; null while nobody has said.</param>
/// <param name="DetectSeconds">The median from the onset to the alarm.</param>
/// <param name="Visits">Orders for which somebody went there.</param>
/// <param name="VisitMinutes">And how long they were there together.</param>
public sealed record ScorecardAnswer(
    string Rule, string Detector, int Orders, int Real, int False, int Unknown, double? Precision,
    double? DetectSeconds, int Visits, double VisitMinutes);

/// <summary>One alarm of an order with the rule behind it.</summary>
/// <param name="Sentence">What it added to an order that was there; null for the first and for repeats.</param>
public sealed record TracedAlarm(
    string Id, string Rule, string Detector, int Version, string Device, string Signal, DateTimeOffset OnsetAt,
    DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt, int Flaps, string? RuleWhy,
    IReadOnlyDictionary<string, double> Settings, string? Sentence = null);

/// <summary>One reading behind an order.</summary>
public sealed record TracedReading(string Point, DateTimeOffset At, double Value, string Unit);

/// <summary>An order, the alarms that made it, the rules behind them, and the readings behind those.</summary>
/// <param name="Lines">All of it in words, one line each.</param>
public sealed record TraceAnswer(
    string Order, string? Sentence, IReadOnlyList<TracedAlarm> Alarms, IReadOnlyList<TracedReading> Readings,
    IReadOnlyList<string> Lines);

/// <summary>What the pack beside the live ones has said.</summary>
public sealed record DryRunAnswer(
    string Pack, int Version, DateTimeOffset Since, int Raised, int WouldOrder, IReadOnlyList<DryRunLine> Latest);

/// <summary>One alarm of the pack beside the live ones.</summary>
public sealed record DryRunLine(
    DateTimeOffset At, string Rule, string Space, string What, bool AsksForOrder, string Sentence);
