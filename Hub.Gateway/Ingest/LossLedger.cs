using Hub.Gateway.Journal;

namespace Hub.Gateway.Ingest;

/// <summary>
/// What edges have counted and the hub has not got: a fold over the journal's sequence numbers, so a restart or a
/// replay gives it again. A resend fills it. Any thread looks; one feeds it.
/// </summary>
public sealed class LossLedger
{
    private const byte FormatVersion = 2;

    private readonly Lock _gate = new();

    // Of each edge the epoch used last stands first; more of them than ingest itself remembers are forgotten.
    private readonly Dictionary<string, List<EpochLosses>> _edges = new(StringComparer.Ordinal);

    /// <summary>Numbers that were missing and came after all, and those whose gaps were too many to be named.</summary>
    public (long Refilled, long GivenUp) Totals
    {
        get
        {
            lock (_gate)
            {
                var epochs = _edges.Values.SelectMany(edge => edge).ToList();
                return (epochs.Sum(epoch => epoch.Refilled), epochs.Sum(epoch => epoch.GivenUp));
            }
        }
    }

    /// <summary>Every gap there is, edge by edge; of one edge if it is named.</summary>
    public IReadOnlyList<LossGap> Gaps(string? edge = null) => Named(edge, (name, epoch) => epoch.Gaps(name));

    /// <summary>Gaps that a resend has filled, the last few of each epoch.</summary>
    public IReadOnlyList<LossGap> Filled(string? edge = null) => Named(edge, (name, epoch) => epoch.Filled(name));

    public void Take(SpentSequences spent)
    {
        if (spent.Count > 0)
        {
            Take(
                spent.Source, spent.Epoch, new SequenceRange(spent.Sequence, spent.Sequence + spent.Count - 1),
                spent.AtTicks);
        }
    }

    /// <summary>What a hub without a ledger has seen so far: its gaps are known, their times are not.</summary>
    public void Begin(SequenceWatermarks watermarks)
    {
        foreach (var (edge, sequences) in watermarks.Edges)
        {
            foreach (var (epoch, seen) in sequences.Seen)
            {
                Take(edge, epoch, seen, 0);
            }
        }
    }

    /// <summary>Nothing is known any more.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _edges.Clear();
        }
    }

    /// <summary>Everything before these numbers is taken as seen.</summary>
    public void BeginAt(SpentSequences first)
    {
        if (first.Sequence > 1)
        {
            Take(first.Source, first.Epoch, new SequenceRange(1, first.Sequence - 1), 0);
        }
    }

    public byte[] Save()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        lock (_gate)
        {
            writer.Write(FormatVersion);
            writer.Write(_edges.Count);
            foreach (var (edge, epochs) in _edges)
            {
                writer.Write(edge);
                writer.Write(epochs.Count);
                epochs.ForEach(epoch => epoch.Write(writer));
            }
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Goes on from what was saved.</summary>
    /// <exception cref="InvalidDataException">It was saved by a newer version.</exception>
    public void Load(byte[] saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved));
        var version = reader.ReadByte();
        if (version is not (1 or FormatVersion))
        {
            throw new InvalidDataException($"Losses of version {version}; this program reads {FormatVersion}.");
        }

        lock (_gate)
        {
            _edges.Clear();
            for (var count = reader.ReadInt32(); count > 0; count--)
            {
                var epochs = _edges[reader.ReadString()] = [];
                for (var more = reader.ReadInt32(); more > 0; more--)
                {
                    epochs.Add(EpochLosses.Read(reader, version));
                }
            }
        }
    }

    private IReadOnlyList<LossGap> Named(string? edge, Func<string, EpochLosses, IEnumerable<LossGap>> of)
    {
        lock (_gate)
        {
            return
            [
                .. from known in _edges
                   where edge is null || known.Key == edge
                   orderby known.Key
                   from epoch in known.Value
                   from gap in of(known.Key, epoch)
                   select gap,
            ];
        }
    }

    private void Take(string edge, string epoch, SequenceRange taken, long atTicks)
    {
        lock (_gate)
        {
            Of_NeedsGate(edge, epoch).Take(taken, atTicks);
        }
    }

    private EpochLosses Of_NeedsGate(string edge, string epoch)
    {
        if (!_edges.TryGetValue(edge, out var epochs))
        {
            _edges[edge] = epochs = [];
        }

        var at = epochs.FindIndex(known => known.Epoch == epoch);
        if (at == 0)
        {
            return epochs[0];
        }

        var used = at > 0 ? epochs[at] : new EpochLosses(epoch);
        epochs.RemoveAll(known => known == used);
        epochs.Insert(0, used);
        if (epochs.Count > EdgeSequences.EpochsMax)
        {
            epochs.RemoveAt(EdgeSequences.EpochsMax);
        }

        return used;
    }
}
