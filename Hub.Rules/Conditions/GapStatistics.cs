using System.Runtime.CompilerServices;
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

    /// <summary>The upper edge of each bucket, in ticks, and its centre.</summary>
    private static readonly long[] Edges =
        [.. Enumerable.Range(0, Buckets).Select(i => (long)(Math.Pow(2, (i + 0.5) / 2) * TimeSpan.TicksPerSecond))];

    private static readonly double[] Centres = [.. Edges.Select(edge => edge / Math.Pow(2, 0.25))];

    private Counts _counts;
    private int _total;
    private double _typical;

    /// <summary>The last gap's bucket: the next one is mostly alike.</summary>
    private int _last;

    /// <summary>The middle gap's bucket, and how many gaps are in those below it.</summary>
    private int _middle;
    private int _below;

    /// <summary>Whether it has seen enough to say anything.</summary>
    public bool IsLearnt => _total >= EnoughCount;

    public void Add(long ticks)
    {
        _last = BucketOf(ticks, _last);
        _counts[_last]++;
        _below += _last < _middle ? 1 : 0;
        Follow(ticks);
        if (++_total >= TotalMax)
        {
            Halve();
        }

        FindMiddle();
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
                return Edges[i];
            }
        }

        return long.MaxValue;
    }

    /// <summary>The middle gap: a running mean within its bucket, which is finer than the bucket.</summary>
    public long Median()
    {
        var centre = Centres[_middle];
        return (long)(IsNear(centre) ? _typical : centre);
    }

    public void Persist(StateCodec state)
    {
        state.Sync((Span<ushort>)_counts);
        state.Sync(ref _total);
        state.Sync(ref _typical);
        if (state.IsLoading)
        {
            (_middle, _below) = (0, 0);
            FindMiddle();
        }
    }

    private static int BucketOf(long ticks, int guess)
    {
        while (guess > 0 && ticks <= Edges[guess - 1])
        {
            guess--;
        }

        while (guess < Buckets - 1 && ticks > Edges[guess])
        {
            guess++;
        }

        return guess;
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
        else if (IsLearnt)
        {
            // This gap is counted, but not yet in the total.
            FindMiddle();
            _typical = IsNear(Centres[_middle]) ? _typical : Centres[_middle];
        }
    }

    private bool IsNear(double ticks) => ticks > _typical / 1.45 && ticks < _typical * 1.45;

    private void FindMiddle()
    {
        while (_middle > 0 && 2 * _below >= _total)
        {
            _below -= _counts[--_middle];
        }

        while (2 * (_below + _counts[_middle]) < _total)
        {
            _below += _counts[_middle++];
        }
    }

    private void Halve()
    {
        _total = 0;
        for (var i = 0; i < Buckets; i++)
        {
            // Rounded up: what is rare is not forgotten the first time.
            _counts[i] = (ushort)((_counts[i] + 1) / 2);
            _total += _counts[i];
        }

        (_middle, _below) = (0, 0);
    }

    [InlineArray(Buckets)]
    private struct Counts
    {
        private ushort _first;
    }
}
