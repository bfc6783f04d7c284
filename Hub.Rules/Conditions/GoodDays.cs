using Hub.Rules.Readings;

namespace Hub.Rules.Conditions;

/// <summary>
/// One value for each of the last good days, and the least and the greatest of them: what is usual here. A day counts
/// when
/// the next one is over and neither had anything wrong, so that a fault that begins late today is not usual tomorrow.
/// </summary>
public sealed class GoodDays(int daysMax)
{
    private readonly float[] _days = new float[daysMax];
    private int _count;
    private int _next;
    private long _day;
    private float _today = float.NaN;
    private float _pending = float.NaN;
    private bool _isSpoilt;

    public int Count => _count;

    public float Least { get; private set; } = float.NaN;

    public float Greatest { get; private set; } = float.NaN;

    /// <summary>Takes a value of that day; the day keeps the least one, or the greatest.</summary>
    public void Take(long atTicks, double value, bool isGood, bool isLeast)
    {
        var day = atTicks / TimeSpan.TicksPerDay;
        if (day != _day)
        {
            EndDay();
            _day = day;
        }

        _isSpoilt |= !isGood;
        if (isGood && !(isLeast ? value >= _today : value <= _today))
        {
            _today = (float)value;
        }
    }

    public void Clear() =>
        (_count, _next, _today, _pending, _isSpoilt, Least, Greatest) =
        (0, 0, float.NaN, float.NaN, false, float.NaN, float.NaN);

    public void Persist(StateCodec state)
    {
        state.Sync(_days);
        state.Sync(ref _count);
        state.Sync(ref _next);
        state.Sync(ref _day);
        state.Sync(ref _today);
        state.Sync(ref _pending);
        state.Sync(ref _isSpoilt);
        Measure();
    }

    private void EndDay()
    {
        if (!_isSpoilt && !float.IsNaN(_pending))
        {
            _days[_next] = _pending;
            _next = (_next + 1) % _days.Length;
            _count = Math.Min(_count + 1, _days.Length);
            Measure();
        }

        _pending = _isSpoilt ? float.NaN : _today;
        (_today, _isSpoilt) = (float.NaN, false);
    }

    private void Measure()
    {
        (Least, Greatest) = (float.NaN, float.NaN);
        foreach (var day in _days.AsSpan(0, _count))
        {
            Least = float.IsNaN(Least) ? day : Math.Min(Least, day);
            Greatest = float.IsNaN(Greatest) ? day : Math.Max(Greatest, day);
        }
    }
}
