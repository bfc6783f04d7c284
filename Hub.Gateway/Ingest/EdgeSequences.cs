using System.Text;

namespace Hub.Gateway.Ingest;

/// <summary>
/// The epochs of one edge: the one in use, and the few before it whose readings may still be on their way. Pure.
/// </summary>
public sealed class EdgeSequences
{
    /// <summary>The epoch unused for longest is forgotten beyond it.</summary>
    public const int EpochsMax = 4;

    // The one used last stands first.
    private readonly List<Epoch> _epochs = [];

    public long Missing => _epochs.Sum(epoch => epoch.Sequences.Missing);

    /// <summary>The epochs with what has been seen of each, the one used last at the end.</summary>
    public IEnumerable<(string Epoch, SequenceRange Seen)> Seen =>
        from epoch in _epochs.AsEnumerable().Reverse()
        from range in epoch.Sequences.Seen
        select (Encoding.UTF8.GetString(epoch.Name), range);

    /// <summary>The sequences of an epoch, UTF-8; a new one if it isn't known.</summary>
    public EpochSequences Of(ReadOnlySpan<byte> epoch)
    {
        if (_epochs.Count > 0 && epoch.SequenceEqual(_epochs[0].Name))
        {
            return _epochs[0].Sequences;
        }

        var at = 1;
        while (at < _epochs.Count && !epoch.SequenceEqual(_epochs[at].Name))
        {
            at++;
        }

        var used = at < _epochs.Count ? _epochs[at] : new Epoch(epoch.ToArray(), new EpochSequences());
        if (at < _epochs.Count)
        {
            _epochs.RemoveAt(at);
        }

        _epochs.Insert(0, used);
        if (_epochs.Count > EpochsMax)
        {
            _epochs.RemoveAt(EpochsMax);
        }

        return used.Sequences;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_epochs.Count);
        foreach (var epoch in _epochs)
        {
            writer.Write(Encoding.UTF8.GetString(epoch.Name));
            epoch.Sequences.Write(writer);
        }
    }

    public static EdgeSequences Read(BinaryReader reader)
    {
        var edge = new EdgeSequences();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            edge._epochs.Add(new Epoch(Encoding.UTF8.GetBytes(reader.ReadString()), EpochSequences.Read(reader)));
        }

        return edge;
    }

    private sealed record Epoch(byte[] Name, EpochSequences Sequences);
}
