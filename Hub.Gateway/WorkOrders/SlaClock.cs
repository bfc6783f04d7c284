namespace Hub.Gateway.WorkOrders;

/// <summary>One promise with its due instant. There is no pause.</summary>
/// <param name="Kind">Which promise.</param>
/// <param name="StartedAt">When it was made: the press or the anomaly on its own time.</param>
/// <param name="DueAt">The first instant at which it is broken.</param>
/// <param name="StoppedAt">When the act that ends it was done; null while it runs, or counts up after a breach.</param>
/// <param name="Result">What has become of it.</param>
/// <param name="IsWarned">Somebody has been told that it is about to run out.</param>
public sealed record SlaClock(
    ClockKind Kind, DateTimeOffset StartedAt, DateTimeOffset DueAt, DateTimeOffset? StoppedAt = null,
    ClockResult Result = ClockResult.Running, bool IsWarned = false)
{
    /// <summary>Still runs, or counts up after its breach.</summary>
    public bool IsTicking => StoppedAt is null;

    public bool IsRunning => Result == ClockResult.Running;
}
