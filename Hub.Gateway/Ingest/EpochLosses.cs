namespace Hub.Gateway.Ingest;

/// <summary>
/// The gaps in one epoch's sequence numbers, each with the time in which it was measured. Pure.
/// <code>
///   1 ██████ ── gap ── ███ ─ gap ─ ████ highest     a jump beyond it opens a gap, what comes late fills or splits one
/// </code>
/// </summary>
internal sealed class EpochLosses(string epoch)
{
    /// <summary>Beyond it the lowest gap is given up: it is only counted any more.</summary>
    public const int GapsMax = 256;

    /// <summary>Gaps that were filled and are still named; beyond it they are only counted.</summary>
    public const int FilledMax = 64;

    private readonly List<Gap> _gaps = [];
    private readonly List<Gap> _filled = [];
    private long _highest;
    private long _highestAt;

    public string Epoch => epoch;

    /// <summary>Numbers of gaps that were given up.</summary>
    public long GivenUp { get; private set; }

    /// <summary>Numbers that were missing and came after all.</summary>
    public long Refilled { get; private set; }

    /// <param name="taken">Numbers that the journal has, or a reason for not having.</param>
    /// <param name="atTicks">The time of the first of them; 0 if it isn't known.</param>
    public void Take(SequenceRange taken, long atTicks)
    {
        if (taken.From <= _highest)
        {
            Fill(taken);
        }
        else if (taken.From > _highest + 1)
        {
            // Times that contradict each other bound nothing: a clock was wrong, and nobody knows which.
            var isWrong = atTicks != 0 && atTicks < _highestAt;
            _gaps.Add(new Gap(
                _highest + 1, taken.From - 1, isWrong ? 0 : _highestAt, isWrong ? 0 : atTicks));
            if (_gaps.Count > GapsMax)
            {
                GivenUp += _gaps[0].Count;
                _gaps.RemoveAt(0);
            }
        }

        if (taken.To > _highest)
        {
            (_highest, _highestAt) = (taken.To, atTicks == 0 ? _highestAt : atTicks);
        }
    }

    public IEnumerable<LossGap> Gaps(string edge) => Named(edge, _gaps);

    /// <summary>What was missing and came after all, in the order in which it came.</summary>
    public IEnumerable<LossGap> Filled(string edge) => Named(edge, _filled);

    public void Write(BinaryWriter writer)
    {
        writer.Write(epoch);
        writer.Write(_highest);
        writer.Write(_highestAt);
        writer.Write(GivenUp);
        writer.Write(Refilled);
        Write(writer, _gaps);
        Write(writer, _filled);
    }

    public static EpochLosses Read(BinaryReader reader, byte version)
    {
        var losses = new EpochLosses(reader.ReadString())
        {
            _highest = reader.ReadInt64(),
            _highestAt = reader.ReadInt64(),
            GivenUp = reader.ReadInt64(),
            Refilled = reader.ReadInt64(),
        };
        Read(reader, losses._gaps);
        if (version > 1)
        {
            Read(reader, losses._filled);
        }

        return losses;
    }

    private static void Write(BinaryWriter writer, List<Gap> gaps)
    {
        writer.Write(gaps.Count);
        foreach (var gap in gaps)
        {
            writer.Write(gap.From);
            writer.Write(gap.To);
            writer.Write(gap.After);
            writer.Write(gap.Before);
        }
    }

    private static void Read(BinaryReader reader, List<Gap> gaps)
    {
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            gaps.Add(new Gap(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64()));
        }
    }

    private IEnumerable<LossGap> Named(string edge, IEnumerable<Gap> gaps) =>
        from gap in gaps
        select new LossGap(edge, epoch, gap.From, gap.To, Instant(gap.After), Instant(gap.Before));

    private static DateTimeOffset? Instant(long ticks) => ticks > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private void Fill(SequenceRange taken)
    {
        for (var i = _gaps.Count - 1; i >= 0 && _gaps[i].To >= taken.From; i--)
        {
            var gap = _gaps[i];
            if (gap.From > taken.To)
            {
                continue;
            }

            _gaps.RemoveAt(i);
            if (gap.To > taken.To)
            {
                _gaps.Insert(i, gap with { From = taken.To + 1 });
            }

            if (gap.From < taken.From)
            {
                _gaps.Insert(i, gap with { To = taken.From - 1 });
            }

            NoteFilled(gap with { From = Math.Max(gap.From, taken.From), To = Math.Min(gap.To, taken.To) });
        }
    }

    /// <summary>A gap that is filled pack by pack is one.</summary>
    private void NoteFilled(Gap filled)
    {
        Refilled += filled.Count;
        if (_filled.Count > 0 && _filled[^1] is var last && last.To + 1 == filled.From && last.After == filled.After)
        {
            _filled[^1] = last with { To = filled.To };
            return;
        }

        _filled.Add(filled);
        if (_filled.Count > FilledMax)
        {
            _filled.RemoveAt(0);
        }
    }

    private readonly record struct Gap(long From, long To, long After, long Before)
    {
        public long Count => To - From + 1;
    }
}
