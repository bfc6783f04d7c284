using System.Text;
using Hub.Gateway.Ingest;
using Hub.Rules.Readings;
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

        var isSure = _reader.Clock is not (SenMlClock.Estimated or SenMlClock.Unsynced);
        var quality = isSure ? Quality.Good : Quality.Uncertain;
        var readings = new List<QuarantinedReading>();
        foreach (ref readonly var record in _reader.Records)
        {
            if (record.HasValue)
            {
                var (device, signal) = PointName.Of(edge, _reader.Text(record.Name));
                readings.Add(new QuarantinedReading(
                    device, signal, Text(record.Unit), record.AtTicks, record.Value, quality,
                    record.Id.IsEmpty ? null : Text(record.Id)));
            }
        }

        return readings;
    }

    /// <summary>The points a message tells of, each once: those it has readings of, and those it announces.</summary>
    public IReadOnlyList<ProposedSignal> Proposed(string edge, ReadOnlySpan<byte> payload, DateTimeOffset receivedAt)
    {
        if (!_reader.TryRead(payload, receivedAt, out _))
        {
            return [];
        }

        var proposed = new Dictionary<(string, string), ProposedSignal>();
        var cards = Announcements.Read(payload);
        foreach (ref readonly var record in _reader.Records)
        {
            var card = cards.GetValueOrDefault(Text(record.Name));
            if (record.HasValue || card is not null)
            {
                var (device, signal) = PointName.Of(edge, _reader.Text(record.Name));
                proposed[(device, signal)] = new ProposedSignal(
                    device, signal, record.Unit.IsEmpty ? Signal.Of(signal).Unit : Text(record.Unit),
                    card?.Name ?? "", card?.Model ?? "", card?.Class ?? "", record.HasValue);
            }
        }

        return [.. proposed.Values];
    }

    private string Text(SenMlSlice slice) => Encoding.UTF8.GetString(_reader.Text(slice));
}
