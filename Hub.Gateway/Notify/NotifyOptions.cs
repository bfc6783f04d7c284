namespace Hub.Gateway.Notify;

/// <summary>The limits of telling people.</summary>
public sealed record NotifyOptions
{
    /// <summary>One attempt may take that long; then it has failed.</summary>
    public TimeSpan AttemptMax { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest pause between two attempts of a channel that fails.</summary>
    public TimeSpan PauseMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What could not be sent for that long is given up, with the last reason in the log.</summary>
    public TimeSpan KeepTryingFor { get; init; } = TimeSpan.FromDays(3);

    /// <summary>What a receiver has refused so often by itself is given up.</summary>
    public int RefusalsMax { get; init; } = 5;

    /// <summary>Somebody's own channel may be silent that long; whoever is away longer has a cover in the
    /// roster.</summary>
    public TimeSpan ChannelPauseMax { get; init; } = TimeSpan.FromDays(7);

    /// <summary>That many are said together at most, on channels for people.</summary>
    public int TogetherMax { get; init; } = 20;

    /// <summary>Notices planned in one transaction; the rest follow in the next.</summary>
    public int PlanMax { get; init; } = 500;

    /// <summary>What is done stays in the log that long.</summary>
    public TimeSpan KeepLogFor { get; init; } = TimeSpan.FromDays(90);

    /// <summary>And no more than that; the oldest go first.</summary>
    public int LogRowsMax { get; init; } = 100_000;
}
