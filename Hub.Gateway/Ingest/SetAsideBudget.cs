namespace Hub.Gateway.Ingest;

/// <summary>How many messages of one edge may still be set aside in this minute. Pure.</summary>
internal sealed class SetAsideBudget
{
    private DateTimeOffset _minute;
    private int _used;

    /// <summary>Messages that found nothing left.</summary>
    public long Dropped { get; private set; }

    public bool TryUse(DateTimeOffset now, int perMinuteMax)
    {
        if (now < _minute || now - _minute >= TimeSpan.FromMinutes(1))
        {
            (_minute, _used) = (now, 0);
        }

        if (_used >= perMinuteMax)
        {
            Dropped++;
            return false;
        }

        _used++;
        return true;
    }
}
