using System.Buffers;

namespace Hub.Gateway.Series;

/// <summary>
/// One point's readings that are in memory only, in journal order. Rented, and given back when they are stored.
/// </summary>
internal sealed class OpenChunk
{
    private const int ReadingsAtFirst = 16;

    private Sample[] _samples = [];
    private bool _isSorted = true;

    public int Count { get; private set; }

    /// <summary>The journal row of the first reading in it: the cursor can't pass it.</summary>
    public long FirstRow { get; private set; }

    /// <summary>When the first reading came in, on the machine's clock.</summary>
    public long OpenedAt { get; private set; }

    /// <summary>Every reading of rows up to here is in stored chunks.</summary>
    public long StoredThrough { get; set; }

    /// <summary>False for a reading that came twice in a row.</summary>
    public bool Add(in Sample sample, long row, long now)
    {
        if (Count == 0)
        {
            (FirstRow, OpenedAt, _isSorted) = (row, now, true);
        }
        else
        {
            ref readonly var before = ref _samples[Count - 1];
            if (sample.IsDoubleOf(before))
            {
                return false;
            }

            _isSorted &= sample.AtTicks >= before.AtTicks;
        }

        if (Count == _samples.Length)
        {
            Grow();
        }

        _samples[Count++] = sample;
        return true;
    }

    /// <summary>A copy in time order; readings of one instant stay in journal order.</summary>
    public Sample[] InTimeOrder()
    {
        var copy = _samples.AsSpan(0, Count).ToArray();
        if (_isSorted)
        {
            return copy;
        }

        var order = new int[Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        // Array.Sort is not stable: the place in the journal settles what the time leaves open.
        Array.Sort(order, (a, b) => copy[a].AtTicks != copy[b].AtTicks
            ? copy[a].AtTicks.CompareTo(copy[b].AtTicks)
            : a.CompareTo(b));
        return Array.ConvertAll(order, i => copy[i]);
    }

    public void Clear(long storedThrough)
    {
        if (_samples.Length > 0)
        {
            ArrayPool<Sample>.Shared.Return(_samples);
        }

        (_samples, Count, StoredThrough) = ([], 0, storedThrough);
    }

    private void Grow()
    {
        var larger = ArrayPool<Sample>.Shared.Rent(Math.Max(ReadingsAtFirst, _samples.Length * 2));
        _samples.AsSpan(0, Count).CopyTo(larger);
        if (_samples.Length > 0)
        {
            ArrayPool<Sample>.Shared.Return(_samples);
        }

        _samples = larger;
    }
}
