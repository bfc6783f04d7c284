namespace Hub.Rules.Backtest;

/// <summary>What a backtest counts, and what it takes an order to cost.</summary>
public sealed record BacktestTerms
{
    /// <summary>What is raised before then only warms the rules up, and isn't counted.</summary>
    public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;

    /// <summary>What is raised from then on isn't counted.</summary>
    public DateTimeOffset To { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>On whose clocks the night is.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    public TimeOnly NightFrom { get; init; } = new(22, 0);

    public TimeOnly NightTo { get; init; } = new(7, 0);

    /// <summary>How long a butler is away for one order: there, a look, back.</summary>
    public double MinutesAnOrder { get; init; } = 15;

    /// <summary>An order this long before or after a confirmed one is about the same matter.</summary>
    public TimeSpan Around { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Orders that are told one by one where the two differ.</summary>
    public int DifferencesMax { get; init; } = 200;
}
