namespace Hub.Gateway.Notify;

/// <summary>At most so many messages in any minute. Pure.</summary>
internal sealed class Pace(int perMinuteMax)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<DateTimeOffset> _sent = new();

    /// <summary>When the next one may go: now, or when the oldest of this minute is one old.</summary>
    public DateTimeOffset NextAt(DateTimeOffset now)
    {
        while (_sent.TryPeek(out var oldest) && (oldest + Minute <= now || oldest > now))
        {
            _sent.Dequeue();
        }

        return _sent.Count < perMinuteMax ? now : _sent.Peek() + Minute;
    }

    public void Take(DateTimeOffset now) => _sent.Enqueue(now);
}
