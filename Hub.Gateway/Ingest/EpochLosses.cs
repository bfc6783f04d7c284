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

    private readonly List<Gap> _gaps = [];
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
            _gaps.Add(new Gap(_highest + 1, taken.From - 1, _highestAt, atTicks));
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

    public IEnumerable<LossGap> Gaps(string edge) =>
        from gap in _gaps
        select new LossGap(edge, epoch, gap.From, gap.To, Instant(gap.After), Instant(gap.Before));

    public void Write(BinaryWriter writer)
    {
        writer.Write(epoch);
        writer.Write(_highest);
        writer.Write(_highestAt);
        writer.Write(GivenUp);
        writer.Write(Refilled);
        writer.Write(_gaps.Count);
        foreach (var gap in _gaps)
        {
            writer.Write(gap.From);
            writer.Write(gap.To);
            writer.Write(gap.After);
            writer.Write(gap.Before);
        }
    }

    public static EpochLosses Read(BinaryReader reader)
    {
        var losses = new EpochLosses(reader.ReadString())
        {
            _highest = reader.ReadInt64(),
            _highestAt = reader.ReadInt64(),
            GivenUp = reader.ReadInt64(),
            Refilled = reader.ReadInt64(),
        };
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            losses._gaps.Add(
                new Gap(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64()));
        }

        return losses;
    }

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

            Refilled += Math.Min(gap.To, taken.To) - Math.Max(gap.From, taken.From) + 1;
        }
    }

    private readonly record struct Gap(long From, long To, long After, long Before)
    {
        public long Count => To - From + 1;
    }
}
