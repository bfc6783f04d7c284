namespace Hub.AllInOne;

/// <summary>Readings a second of our time, over the last few seconds.</summary>
internal sealed class ReadingRate(TimeProvider real)
{
    private static readonly TimeSpan Over = TimeSpan.FromSeconds(5);

    private readonly Queue<(long At, long Count)> _seen = new();

    public double PerSecond(long count)
    {
        var now = real.GetTimestamp();
        _seen.Enqueue((now, count));
        while (_seen.Count > 2 && real.GetElapsedTime(_seen.Peek().At, now) > Over)
        {
            _seen.Dequeue();
        }

        var (at, first) = _seen.Peek();
        var seconds = real.GetElapsedTime(at, now).TotalSeconds;
        return seconds > 0 ? Math.Round((count - first) / seconds, 1) : 0;
    }
}
