namespace Hub.Gateway.Ingest;

/// <summary>
/// Which sequence numbers of one epoch have been seen. Pure. All up to the watermark, and a bounded number of ranges
/// above:
/// <code>
///  1 ███████████████ through ─── gap ─── ██ range ─ gap ─ ████ range
/// </code>
/// Beyond the bound the lowest range is forgotten: should it come again, it is taken again. A reading stored twice
/// costs a row, one taken for a duplicate and dropped would be lost.
/// </summary>
public sealed class EpochSequences
{
    public const int RangesMax = 256;

    private readonly List<SequenceRange> _above = [];
    private long _through;

    /// <summary>Numbers below the highest seen that have not come (yet).</summary>
    public long Missing => Highest - _through - _above.Sum(range => range.Count);

    /// <summary>The highest number seen.</summary>
    public long Highest => _above.Count > 0 ? _above[^1].To : _through;

    /// <summary>What has been seen, from the lowest.</summary>
    public IEnumerable<SequenceRange> Seen =>
        _through > 0 ? _above.Prepend(new SequenceRange(1, _through)) : _above;

    /// <summary>Takes numbers as seen and adds those that were not to <paramref name="fresh"/>, in order.</summary>
    public void Take(SequenceRange taken, List<SequenceRange> fresh)
    {
        if (_above.Count == 0 && taken.From <= _through + 1)
        {
            // Nearly always: the next ones, in order.
            if (taken.To > _through)
            {
                fresh.Add(new SequenceRange(_through + 1, taken.To));
                _through = taken.To;
            }

            return;
        }

        AddFresh(taken, fresh);
        Insert(taken);
        if (_above.Count > RangesMax)
        {
            _above.RemoveAt(0);
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_through);
        writer.Write(_above.Count);
        foreach (var range in _above)
        {
            writer.Write(range.From);
            writer.Write(range.To);
        }
    }

    public static EpochSequences Read(BinaryReader reader)
    {
        var sequences = new EpochSequences { _through = reader.ReadInt64() };
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            sequences._above.Add(new SequenceRange(reader.ReadInt64(), reader.ReadInt64()));
        }

        return sequences;
    }

    private void AddFresh(SequenceRange taken, List<SequenceRange> fresh)
    {
        var next = Math.Max(taken.From, _through + 1);
        foreach (var seen in _above)
        {
            if (next > taken.To || seen.From > taken.To)
            {
                break;
            }

            if (seen.From > next)
            {
                fresh.Add(new SequenceRange(next, seen.From - 1));
            }

            next = Math.Max(next, seen.To + 1);
        }

        if (next <= taken.To)
        {
            fresh.Add(new SequenceRange(next, taken.To));
        }
    }

    /// <summary>Puts the range in, joins what touches it, and moves the watermark over what it reaches.</summary>
    private void Insert(SequenceRange taken)
    {
        var at = _above.FindIndex(range => range.To + 1 >= taken.From);
        at = at < 0 ? _above.Count : at;
        while (at < _above.Count && _above[at].From <= taken.To + 1)
        {
            taken = new SequenceRange(Math.Min(taken.From, _above[at].From), Math.Max(taken.To, _above[at].To));
            _above.RemoveAt(at);
        }

        if (taken.From <= _through + 1)
        {
            _through = Math.Max(_through, taken.To);
        }
        else
        {
            _above.Insert(at, taken);
        }
    }
}
