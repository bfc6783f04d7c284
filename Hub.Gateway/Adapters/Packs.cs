using System.Buffers;
using System.Text.Json;
using Hub.Transport.Messages;

namespace Hub.Gateway.Adapters;

/// <summary>
/// Decoded messages as SenML packs, the form in which our own edges send: from there on a third-party reading goes the
/// same way, is checked, converted, quarantined and released alike. Not for two threads at a time.
/// </summary>
internal sealed class Packs : IDisposable
{
    /// <summary>Labels of an announcement: a device's name as people say it, its model, and a signal's class.</summary>
    public const string NameLabel = "dn";
    public const string ModelLabel = "dm";
    public const string ClassLabel = "dc";

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly SenMlWriter _writer = new();

    /// <summary>The readings in packs of at most the limit.</summary>
    /// <param name="now">When the message came.</param>
    /// <param name="clock">How far that is known.</param>
    public List<byte[]> Of(Decoded decoded, DateTimeOffset now, SenMlClock clock = SenMlClock.Unstated)
    {
        List<byte[]> packs = [];
        clock = decoded.IsTimeUnsure ? SenMlClock.Unsynced : clock;
        for (var i = 0; i < decoded.Readings.Count;)
        {
            _buffer.ResetWrittenCount();
            _writer.Begin(_buffer, new SenMlHead { BaseAt = now, Clock = clock });
            while (i < decoded.Readings.Count && _writer.BytesWritten < decoded.Options.PackBytesMax)
            {
                var reading = decoded.Readings[i++];
                _writer.Add(
                    $"{reading.Device}/{reading.Signal}", reading.Value, reading.Unit.Length == 0 ? null : reading.Unit,
                    reading.At ?? now);
            }

            _writer.End();
            packs.Add(_buffer.WrittenSpan.ToArray());
        }

        return packs;
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>
    /// Announcements in packs of at most the limit. A record's text says nothing; it stands where the value will.
    /// </summary>
    public static IEnumerable<byte[]> Of(IEnumerable<DeviceCard> cards, int bytesMax)
    {
        var records = cards.SelectMany(card => card.Signals.Select(signal => (card, signal))).ToList();
        for (var i = 0; i < records.Count;)
        {
            using var pack = new MemoryStream();
            using (var json = new Utf8JsonWriter(pack))
            {
                json.WriteStartArray();
                while (i < records.Count && json.BytesCommitted + json.BytesPending < bytesMax)
                {
                    Write(json, records[i].card, records[i++].signal);
                }

                json.WriteEndArray();
            }

            yield return pack.ToArray();
        }
    }

    private static void Write(Utf8JsonWriter json, DeviceCard card, CardSignal signal)
    {
        json.WriteStartObject();
        json.WriteString("n", $"{card.Device}/{signal.Signal}");
        json.WriteString("vs", "");
        json.WriteString("u", signal.Unit);
        json.WriteString(NameLabel, card.Name);
        json.WriteString(ModelLabel, card.Model);
        json.WriteString(ClassLabel, signal.Class);
        json.WriteEndObject();
    }
}
