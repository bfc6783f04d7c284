using System.Text;
using Hub.Gateway.Journal;

namespace Hub.Gateway.Ingest;

/// <summary>
/// What has been seen of every edge's sequence numbers: the difference between new, duplicate and missing. Pure, and a
/// function of the journal: replaying the rows gives it back.
/// </summary>
public sealed class SequenceWatermarks
{
    private const byte FormatVersion = 1;

    private readonly Dictionary<string, EdgeSequences> _edges = new(StringComparer.Ordinal);
    private readonly List<SequenceRange> _fresh = [];

    public IReadOnlyDictionary<string, EdgeSequences> Edges => _edges;

    /// <summary>Takes numbers as seen; gives those that were not seen before (until the next call).</summary>
    public IReadOnlyList<SequenceRange> Take(string edge, string epoch, long sequence, int count)
    {
        _fresh.Clear();
        if (count > 0)
        {
            Of(edge).Of(Encoding.UTF8.GetBytes(epoch)).Take(new SequenceRange(sequence, sequence + count - 1), _fresh);
        }

        return _fresh;
    }

    public void Take(SpentSequences spent) => Take(spent.Source, spent.Epoch, spent.Sequence, spent.Count);

    public EdgeSequences Of(string edge)
    {
        if (!_edges.TryGetValue(edge, out var sequences))
        {
            _edges[edge] = sequences = new EdgeSequences();
        }

        return sequences;
    }

    public byte[] Save()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(FormatVersion);
        writer.Write(_edges.Count);
        foreach (var (edge, sequences) in _edges)
        {
            writer.Write(edge);
            sequences.Write(writer);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">It was saved by a newer version.</exception>
    public static SequenceWatermarks Load(byte[] saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved));
        var version = reader.ReadByte();
        if (version != FormatVersion)
        {
            throw new InvalidDataException($"Watermarks of version {version}; this program reads {FormatVersion}.");
        }

        var watermarks = new SequenceWatermarks();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            watermarks._edges[reader.ReadString()] = EdgeSequences.Read(reader);
        }

        return watermarks;
    }
}
