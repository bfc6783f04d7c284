using Hub.Rules.Readings;

namespace Hub.Rules.Conditions;

/// <summary>
/// What power a home is used to: means over stretches of 3 h, the second least of them in each day (the least is
/// luck), and
/// the last four weeks of those. Only good days are kept: none with an alarm, none while nobody lives there, so
/// neither a heater left on nor
/// an empty home becomes the habit. A home that was vacant from the first reading is judged by its first days there,
/// and at most by what a fridge and a router draw.
/// </summary>
public sealed class PowerHabit
{
    /// <summary>A habit rests on so many good days at least.</summary>
    public const int DaysEnough = 2;

    private const long StretchTicks = 3 * TimeSpan.TicksPerHour;
    private const int StretchesADay = 8;
    private const int DaysMax = 28;

    /// <summary>A standing load (fridge, router, clocks) that needs no history to be believed.</summary>
    private const float StandingWattsMax = 150;

    private readonly float[] _days = new float[DaysMax];
    private readonly float[] _sorted = new float[DaysMax];
    private int _count;
    private int _next;
    private double _energy;
    private long _from;
    private int _stretches;
    private float _least = float.MaxValue;
    private float _second = float.MaxValue;
    private float _pending = -1;
    private bool _isSpoilt;
    private bool _isVacantLearnt;

    /// <summary>The mean power of the last whole stretch, in W.</summary>
    public float Stretch { get; private set; }

    /// <summary>When the last whole stretch began.</summary>
    public long StretchFrom { get; private set; }

    /// <summary>The second least stretch of the last whole day, in W.</summary>
    public float DayLeast { get; private set; }

    /// <summary>Whether the last reading completed a stretch.</summary>
    public bool HasNewStretch { get; private set; }

    /// <summary>Whether the last reading completed a day.</summary>
    public bool HasNewDay { get; private set; }

    /// <summary>What the home draws when nobody does anything: the median of the days' values, in W.</summary>
    public float Base { get; private set; }

    /// <summary>How much that varies: the median deviation, in W.</summary>
    public float Spread { get; private set; }

    /// <summary>The greatest of the days' values, in W.</summary>
    public float Greatest { get; private set; }

    /// <summary>How many good days it rests on.</summary>
    public int Days => _count;

    public bool IsLearnt => _count >= DaysEnough;

    /// <param name="energy">kWh used in (from, at]; NaN if unknown.</param>
    public void Take(long from, long at, double energy, bool isGap, bool mayLearn, bool isVacant)
    {
        (HasNewStretch, HasNewDay) = (false, false);
        if (double.IsNaN(energy) || isGap || from == 0)
        {
            (_energy, _from, _stretches, _least) = (0, at, 0, float.MaxValue);
            _second = float.MaxValue;
            return;
        }

        _from = _from == 0 ? from : _from;
        _energy += energy;
        _isSpoilt |= !mayLearn || (isVacant && (IsLearnt || _count > 0) && !_isVacantLearnt);
        if (at - _from >= StretchTicks)
        {
            EndStretch(at, isVacant);
        }
    }

    private void EndStretch(long at, bool isVacant)
    {
        Stretch = (float)(_energy * 1000 / ((at - _from) / (double)TimeSpan.TicksPerHour));
        (StretchFrom, HasNewStretch) = (_from, true);
        (_energy, _from) = (0, at);
        (_least, _second) = Stretch < _least ? (Stretch, _least) : (_least, Math.Min(_second, Stretch));
        if (++_stretches < StretchesADay)
        {
            return;
        }

        (DayLeast, HasNewDay) = (_second, true);
        // A day is learnt when the next one is over without an alarm: what begins today is not usual yet.
        if (!_isSpoilt && _pending >= 0)
        {
            Learn(_pending);
        }

        _pending = -1;
        if (!_isSpoilt && (!isVacant || _count < DaysEnough))
        {
            _isVacantLearnt = isVacant;
            _pending = isVacant ? Math.Min(_second, StandingWattsMax) : _second;
        }

        (_stretches, _least, _second, _isSpoilt) = (0, float.MaxValue, float.MaxValue, false);
    }

    private void Learn(float least)
    {
        _days[_next] = least;
        _next = (_next + 1) % DaysMax;
        _count = Math.Min(_count + 1, DaysMax);
        Measure();
    }

    private void Measure()
    {
        var sorted = _sorted.AsSpan(0, _count);
        _days.AsSpan(0, _count).CopyTo(sorted);
        sorted.Sort();
        Base = sorted[_count / 2];
        Greatest = sorted[^1];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = Math.Abs(sorted[i] - Base);
        }

        sorted.Sort();
        Spread = sorted[_count / 2];
    }

    public void Persist(StateCodec state)
    {
        state.Sync(_days);
        state.Sync(ref _count);
        state.Sync(ref _next);
        state.Sync(ref _energy);
        state.Sync(ref _from);
        state.Sync(ref _stretches);
        state.Sync(ref _least);
        state.Sync(ref _second);
        state.Sync(ref _pending);
        state.Sync(ref _isSpoilt);
        state.Sync(ref _isVacantLearnt);
        if (state.IsLoading && _count > 0)
        {
            Measure();
        }
    }
}
