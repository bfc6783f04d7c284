using Hub.Rules.Readings;

namespace Hub.Rules.Conditions;

/// <summary>
/// What a gauge usually shows at this hour of the week, and how far it strays from that: medians of what was learnt, so
/// that a few wild hours move nothing. Only what is given to <see cref="Learn"/> counts, always before it is used, and
/// five weeks are kept.
/// <code>
///   centre   median of this hour and its neighbours over the last four weeks; of the last 14 days while weeks are few
///   spread   1.48 × the median deviation, of those hours or (0.7 of it) of all hours of the last 28 days, whichever
///            is more
///   range    the least and the greatest hour of five weeks, but not of the last day, or a slow fall would widen it
/// </code>
/// </summary>
public sealed class SeasonalBand
{
    private const int HoursADay = 24;
    private const int HoursAWeek = 168;
    private const int Hours = 5 * HoursAWeek;
    private const int WeeksUsed = 4;
    private const int DaysUsed = 14;
    private const int Neighbours = 1;

    /// <summary>Two whole neighbourhoods.</summary>
    private const int Enough = 2 * ((2 * Neighbours) + 1);
    private const int DeviationDays = 28;
    private const int DeviationDaysEnough = 3;
    private const int DayHoursEnough = 12;
    private const int LearningHours = 7 * HoursADay;

    /// <summary>A normal distribution's deviation from its median deviation.</summary>
    private const float SigmaOfMad = 1.4826f;
    private const float AllHoursShare = 0.7f;

    private readonly float[] _hours = new float[Hours];
    private readonly float[] _deviations = new float[DeviationDays];
    private readonly float[] _today = new float[HoursADay];
    private int _deviationCount;
    private int _deviationNext;
    private int _todayCount;
    private float _allHoursSpread;
    private long _hour;
    private long _firstHour;

    public SeasonalBand() => Clear();

    /// <summary>Whether there is enough to judge the present hour by.</summary>
    public bool IsLearnt { get; private set; }

    public float Centre { get; private set; }

    public float Spread { get; private set; }

    public float Least { get; private set; }

    public float Greatest { get; private set; }

    /// <summary>How many days have been learnt from, of the seven that it takes.</summary>
    public double Days => _firstHour == 0 ? 0 : Math.Min(LearningHours, _hour - _firstHour) / (double)HoursADay;

    /// <summary>Goes to that hour since the year 1, later than any before, and says what is usual then.</summary>
    public void MoveTo(long hour)
    {
        for (var skipped = Math.Max(_hour + 1, hour - Hours + 1); skipped <= hour; skipped++)
        {
            _hours[skipped % Hours] = float.NaN;
        }

        if (hour / HoursADay != _hour / HoursADay)
        {
            EndDay();
        }

        _hour = hour;
        _firstHour = _firstHour == 0 ? hour : _firstHour;
        Measure();
    }

    /// <summary>The present hour was as usual: it counts from now on.</summary>
    public void Learn(double value)
    {
        _hours[_hour % Hours] = (float)value;
        if (!float.IsNaN(Centre) && _todayCount < _today.Length)
        {
            _today[_todayCount++] = Math.Abs((float)value - Centre);
        }
    }

    public void Clear()
    {
        Array.Fill(_hours, float.NaN);
        (_deviationCount, _deviationNext, _todayCount, _allHoursSpread, _firstHour) = (0, 0, 0, 0, 0);
        (IsLearnt, Centre, Spread) = (false, float.NaN, float.NaN);
    }

    public void Persist(StateCodec state)
    {
        state.Sync(_hours);
        state.Sync(_deviations);
        state.Sync(_today);
        state.Sync(ref _deviationCount);
        state.Sync(ref _deviationNext);
        state.Sync(ref _todayCount);
        state.Sync(ref _hour);
        state.Sync(ref _firstHour);
        if (state.IsLoading && _hour != 0)
        {
            MeasureDays();
            Measure();
        }
    }

    private void EndDay()
    {
        if (_todayCount >= DayHoursEnough)
        {
            _deviations[_deviationNext] = Median(_today.AsSpan(0, _todayCount));
            _deviationNext = (_deviationNext + 1) % DeviationDays;
            _deviationCount = Math.Min(_deviationCount + 1, DeviationDays);
            MeasureDays();
        }

        _todayCount = 0;
    }

    private void MeasureDays()
    {
        Span<float> sorted = stackalloc float[DeviationDays];
        sorted = sorted[.._deviationCount];
        _deviations.AsSpan(0, _deviationCount).CopyTo(sorted);
        _allHoursSpread = sorted.IsEmpty ? 0 : SigmaOfMad * Median(sorted);
    }

    private void Measure()
    {
        Span<float> near = stackalloc float[DaysUsed * ((2 * Neighbours) + 1)];
        var count = Collect(near, HoursAWeek, WeeksUsed);
        count = count >= Enough ? count : Collect(near, HoursADay, DaysUsed);
        near = near[..count];
        Centre = count >= Enough ? Median(near) : float.NaN;
        foreach (ref var value in near)
        {
            value = Math.Abs(value - Centre);
        }

        Spread = count >= Enough
            ? Math.Max(SigmaOfMad * Median(near), AllHoursShare * _allHoursSpread)
            : float.NaN;
        IsLearnt = count >= Enough && _deviationCount >= DeviationDaysEnough && _hour - _firstHour >= LearningHours;
        (Least, Greatest) = (float.PositiveInfinity, float.NegativeInfinity);
        for (var hour = _hour - Hours + 1; hour <= _hour - HoursADay; hour++)
        {
            // What is unknown is neither less nor greater.
            var value = hour < _firstHour ? float.NaN : _hours[hour % Hours];
            Least = value < Least ? value : Least;
            Greatest = value > Greatest ? value : Greatest;
        }
    }

    private int Collect(Span<float> into, int step, int steps)
    {
        var count = 0;
        for (var back = 1; back <= steps; back++)
        {
            for (var beside = -Neighbours; beside <= Neighbours; beside++)
            {
                var hour = _hour - (back * step) + beside;
                if (hour >= _firstHour && _hours[hour % Hours] is var value && !float.IsNaN(value))
                {
                    into[count++] = value;
                }
            }
        }

        return count;
    }

    private static float Median(Span<float> values)
    {
        values.Sort();
        return values[values.Length / 2];
    }
}
