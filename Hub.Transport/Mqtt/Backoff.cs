namespace Hub.Transport.Mqtt;

/// <summary>
/// Exponential backoff with full jitter: a wait is drawn evenly from zero to a bound that doubles up to its maximum, so
/// that a hundred edges that lost the same server don't come back in the same second.
/// </summary>
internal sealed class Backoff(TimeSpan first, TimeSpan max, Random random)
{
    private TimeSpan _bound = first < max ? first : max;

    public TimeSpan Next()
    {
        var wait = _bound * random.NextDouble();
        _bound = _bound < max / 2 ? _bound * 2 : max;
        return wait;
    }

    public void Reset() => _bound = first < max ? first : max;
}
