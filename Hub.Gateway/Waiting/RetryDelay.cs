namespace Hub.Gateway.Waiting;

/// <summary>
/// How long to wait before the same thing is tried again: half a second, doubled each time up to the limit, less up to
/// a third by jitter, so that many hubs don't come back to one server in step. Pure.
/// </summary>
internal sealed class RetryDelay(TimeSpan delayMax, Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    private int _failures;

    public TimeSpan Next(TimeSpan? asked)
    {
        var doubled = First * Math.Pow(2, Math.Min(_failures++, 20));
        var delay = (doubled < delayMax ? doubled : delayMax) * (1 - (random.NextDouble() / 3));
        // What it asked for counts, but not for ever: a proxy may ask for a day.
        return asked is { } wish && wish > delay ? (wish < delayMax ? wish : delayMax) : delay;
    }

    public void Reset() => _failures = 0;
}
