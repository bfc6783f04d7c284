using Hub.Rules.Readings;

namespace Hub.Rules.Conditions;

/// <summary>
/// How long a point is usually without news: a histogram with two buckets an octave from 1 s to 12 days, ageing by
/// halves, so that it is flat, small and forgets. Long gaps that happen now and then (a radio that sleeps at night) are
/// part of what is usual; one outage is not.
/// </summary>
public sealed class GapStatistics
{
    private const int Buckets = 40;
    private const int TotalMax = 3000;
    private const int EnoughCount = 10;

    private readonly ushort[] _counts = new ushort[Buckets];
    private int _total;
    private double _typical;

    /// <summary>Whether it has seen enough to say anything.</summary>
    public bool IsLearnt => _total >= EnoughCount;

    public void Add(long ticks)
    {
        var seconds = Math.Max(1, ticks / (double)TimeSpan.TicksPerSecond);
        var bucket = Math.Clamp((int)Math.Round(2 * Math.Log2(seconds)), 0, Buckets - 1);
        _counts[bucket]++;
        Follow(ticks);
        if (++_total >= TotalMax)
        {
            Halve();
        }
    }

    /// <summary>The gap that this share of all gaps doesn't exceed: the upper edge of its bucket.</summary>
    public long Quantile(double share)
    {
        var wanted = share * _total;
        double seen = 0;
        for (var i = 0; i < Buckets; i++)
        {
            seen += _counts[i];
            if (seen >= wanted)
            {
                return (long)(Math.Pow(2, (i + 0.5) / 2) * TimeSpan.TicksPerSecond);
            }
        }

        return long.MaxValue;
    }

    /// <summary>The middle gap: a running mean within its bucket, which is finer than the bucket.</summary>
    public long Median()
    {
        var centre = Quantile(0.5) / Math.Pow(2, 0.25);
        return (long)(IsNear(centre) ? _typical : centre);
    }

    public void Persist(StateCodec state)
    {
        state.Sync(_counts);
        state.Sync(ref _total);
        state.Sync(ref _typical);
    }

    private void Follow(long ticks)
    {
        if (_typical == 0)
        {
            _typical = ticks;
        }
        else if (IsNear(ticks))
        {
            _typical += (ticks - _typical) * 0.05;
        }
        else if (IsLearnt && Quantile(0.5) / Math.Pow(2, 0.25) is var centre && !IsNear(centre))
        {
            _typical = centre;
        }
    }

    private bool IsNear(double ticks) => ticks > _typical / 1.45 && ticks < _typical * 1.45;

    private void Halve()
    {
        _total = 0;
        for (var i = 0; i < Buckets; i++)
        {
            // Rounded up: what is rare is not forgotten the first time.
            _counts[i] = (ushort)((_counts[i] + 1) / 2);
            _total += _counts[i];
        }
    }
}
