namespace Hub.Gateway.Journal;

/// <summary>
/// The instants that ticks carry. They never go back: while the wall clock is behind (it was set back), the hand goes
/// on by the time that really passed, so that no on-delay waits for an hour to come twice.
/// </summary>
public sealed class SecondHand(DateTimeOffset last)
{
    private DateTimeOffset _last = last;

    public DateTimeOffset Next(DateTimeOffset now, TimeSpan passed)
    {
        _last = now > _last ? now : _last + passed;
        return _last;
    }
}
