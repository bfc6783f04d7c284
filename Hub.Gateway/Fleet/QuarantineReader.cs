using System.Text;
using Hub.Transport.Messages;

namespace Hub.Gateway.Fleet;

/// <summary>Reads what is in a set-aside message, as far as it is a pack. Pure; one at a time.</summary>
internal sealed class QuarantineReader
{
    private readonly SenMlReader _reader = new();

    /// <summary>
    /// Its readings in their order; none if it is no whole pack (cut off at the limit, or no SenML at all).
    /// </summary>
    public IReadOnlyList<QuarantinedReading> Read(string edge, ReadOnlySpan<byte> payload, DateTimeOffset receivedAt)
    {
        if (!_reader.TryRead(payload, receivedAt, out _))
        {
            return [];
        }

        var readings = new List<QuarantinedReading>();
        foreach (ref readonly var record in _reader.Records)
        {
            if (record.HasValue)
            {
                var (device, signal) = NameOf(edge, Text(record.Name));
                readings.Add(new QuarantinedReading(
                    device, signal, Text(record.Unit), record.AtTicks, record.Value,
                    record.Id.IsEmpty ? null : Text(record.Id)));
            }
        }

        return readings;
    }

    // The edge's own id in front says nothing; the last part is the signal, what is before it the device.
    private static (string Device, string Signal) NameOf(string edge, string name)
    {
        var local = name.StartsWith(edge + "/", StringComparison.Ordinal) ? name[(edge.Length + 1)..] : name;
        var slash = local.LastIndexOf('/');
        return slash <= 0 ? (edge, local[(slash + 1)..]) : (local[..slash], local[(slash + 1)..]);
    }

    private string Text(SenMlSlice slice) => Encoding.UTF8.GetString(_reader.Text(slice));
}
