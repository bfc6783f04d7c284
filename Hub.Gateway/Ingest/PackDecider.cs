using System.Globalization;
using System.Text;
using Hub.Gateway.Broker;
using Hub.Gateway.Journal;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Transport.Messages;

namespace Hub.Gateway.Ingest;

/// <summary>
/// What becomes of one pack. Pure but for what it keeps of the edge: no clock, no socket, no disk; an entry is written
/// straight from the wire, and a pack in a steady state allocates nothing.
/// <code>
///  pack ─ readable? ─ names known? ─ numbers new? ─ each record possible? ─► readings, in runs of sequence numbers
///            │            │              │                 │
///        set aside    commission    only counted       set aside, its number spent
/// </code>
/// </summary>
internal sealed class PackDecider(IngestOptions options)
{
    /// <summary>Faults named in one reason; the rest is counted in it.</summary>
    private const int FaultsShownMax = 3;

    private readonly SenMlReader _reader = new();
    private readonly ResolvedName[] _names = new ResolvedName[SenMlReader.RecordsMax];
    private readonly List<SequenceRange> _fresh = [];
    private readonly SetAsideReason _unknown = new(FaultsShownMax);
    private readonly SetAsideReason _impossible = new(FaultsShownMax);

    /// <summary>False if the site must be asked about some of its names first; then nothing has been decided.</summary>
    public bool TryDecide(
        EdgeIntake edge, SiteSnapshot site, IntakeMessage message, DateTimeOffset now, EntryWriter entries)
    {
        if (!_reader.TryRead(message.Payload, now, out var fault))
        {
            edge.Rejected++;
            var reason = $"{char.ToUpperInvariant(fault[0])}{fault[1..]}.";
            SetAside(edge, message, SetAsideKind.Unreadable, reason, now, entries);
            return true;
        }

        if (!TryResolve(edge, site))
        {
            return false;
        }

        _unknown.Clear();
        _impossible.Clear();
        var records = _reader.Records;
        if (_reader.Sequence > 0)
        {
            TakeNumbered(edge, records.Length, now, entries);
        }
        else
        {
            WriteRun(edge, 0, records.Length, 0, now, entries);
        }

        SetAsideBad(edge, message, now, entries);
        return true;
    }

    /// <summary>The names in a pack that the edge's table doesn't know; none if it can't be read.</summary>
    public IReadOnlyList<byte[]> UnknownNames(
        EdgeIntake edge, SiteSnapshot site, ReadOnlySpan<byte> payload, DateTimeOffset now)
    {
        var unknown = new List<byte[]>();
        if (_reader.TryRead(payload, now, out _))
        {
            foreach (ref readonly var record in _reader.Records)
            {
                if (edge.Names.Find(_reader.Text(record.Name), site) is null)
                {
                    unknown.Add(_reader.Text(record.Name).ToArray());
                }
            }
        }

        return unknown;
    }

    private bool TryResolve(EdgeIntake edge, SiteSnapshot site)
    {
        var records = _reader.Records;
        for (var i = 0; i < records.Length; i++)
        {
            if (edge.Names.Find(_reader.Text(records[i].Name), site) is not { } name)
            {
                return false;
            }

            _names[i] = name;
        }

        return true;
    }

    private void TakeNumbered(EdgeIntake edge, int count, DateTimeOffset now, EntryWriter entries)
    {
        var first = _reader.Sequence;
        _fresh.Clear();
        edge.Sequences.Of(_reader.Epoch).Take(new SequenceRange(first, first + count - 1), _fresh);
        var fresh = 0L;
        foreach (var range in _fresh)
        {
            WriteRun(edge, (int)(range.From - first), (int)range.Count, range.From, now, entries);
            fresh += range.Count;
        }

        edge.Duplicate += count - fresh;
    }

    /// <summary>
    /// Writes records whose numbers follow each other. One that is no reading breaks the run, because an entry's
    /// readings count up from its first number, and its own number is noted as spent.
    /// </summary>
    private void WriteRun(EdgeIntake edge, int first, int count, long sequence, DateTimeOffset now, EntryWriter entries)
    {
        var isOpen = false;
        for (var i = first; i < first + count; i++)
        {
            var number = sequence == 0 ? 0 : sequence + i - first;
            if (TryValue(edge, i, now, out var value))
            {
                if (!isOpen)
                {
                    entries.BeginReadings(edge.EdgeUtf8, _reader.Epoch, number, now.UtcTicks);
                    isOpen = true;
                }

                WriteReading(edge, i, value, now, entries);
                continue;
            }

            if (sequence > 0)
            {
                isOpen = Close(isOpen, entries);
                entries.WriteSpent(edge.EdgeUtf8, _reader.Epoch, number, 1);
            }
        }

        Close(isOpen, entries);
    }

    private void WriteReading(EdgeIntake edge, int i, double value, DateTimeOffset now, EntryWriter entries)
    {
        ref readonly var record = ref _reader.Records[i];
        var name = _names[i];
        // Bad clocks only make the time uncertain: the value was measured all the same.
        var quality = _reader.Clock is SenMlClock.Estimated or SenMlClock.Unsynced ? Quality.Uncertain : Quality.Good;
        var press = name.Signal.Kind == SignalKind.Press ? _reader.Text(record.Id) : default;
        entries.AddReading(name.Point!.Number, record.AtTicks, value, quality, press);
        edge.Accepted++;
        edge.Late += record.AtTicks < (now - options.LateAfter).UtcTicks ? 1 : 0;
    }

    private static bool Close(bool isOpen, EntryWriter entries)
    {
        if (isOpen)
        {
            entries.EndReadings();
        }

        return false;
    }

    /// <summary>The value in the signal's unit, if the record can be a reading; else why not is noted.</summary>
    private bool TryValue(EdgeIntake edge, int i, DateTimeOffset now, out double value)
    {
        ref readonly var record = ref _reader.Records[i];
        var name = _names[i];
        if (name.Point is null)
        {
            edge.Quarantined++;
            value = 0;
            _unknown.Add($"{name.Name.Device}/{name.Name.Signal} has not been commissioned");
            return false;
        }

        var isConverted = name.TryConvert(_reader.Text(record.Unit), record.Value, out value);
        if (isConverted && record.HasValue && name.Signal.IsPossible(value)
            && record.AtTicks >= options.EarliestAt.UtcTicks && record.AtTicks <= (now + options.AheadMax).UtcTicks)
        {
            return true;
        }

        edge.Rejected++;
        _impossible.Add(Fault(name, in record, value, isConverted, now));
        return false;
    }

    private string Fault(ResolvedName name, in SenMlRecord record, double value, bool isConverted, DateTimeOffset now)
    {
        var where = $"{name.Name.Device}/{name.Name.Signal}";
        if (!record.HasValue)
        {
            return $"{where} has no number; send v or vb";
        }

        if (!isConverted)
        {
            return $"{where} comes in {Encoding.UTF8.GetString(_reader.Text(record.Unit))}, which can't be turned into "
                + $"{name.Signal.Unit}; send that";
        }

        var (signal, at) = (name.Signal, new DateTimeOffset(record.AtTicks, TimeSpan.Zero));
        var aheadMax = options.AheadMax.TotalMinutes;
        var before = $"from before {options.EarliestAt:yyyy} is taken; set the clock";
        return signal.IsPossible(value)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{where} is from {at:u}, and it is {now:u} here; at most {aheadMax} min ahead, and nothing {before}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{where} is {value} {signal.Unit}; {signal.ValueMin} to {signal.ValueMax} is possible; check it");
    }

    private void SetAsideBad(EdgeIntake edge, IntakeMessage message, DateTimeOffset now, EntryWriter entries)
    {
        if (_unknown.Count > 0)
        {
            SetAside(edge, message, SetAsideKind.Unknown, _unknown.ToString(), now, entries);
        }

        if (_impossible.Count > 0)
        {
            SetAside(edge, message, SetAsideKind.Impossible, _impossible.ToString(), now, entries);
        }
    }

    public void SetAside(
        EdgeIntake edge, IntakeMessage message, SetAsideKind kind, string reason, DateTimeOffset now,
        EntryWriter entries)
    {
        if (edge.SetAsides.TryUse(now, options.SetAsidePerMinuteMax))
        {
            var kept = message.Payload[..Math.Min(message.Payload.Length, options.SetAsideBytesMax)];
            entries.Write(new Entry.SetAside(message.ClientId, message.Topic, kind, reason, now, kept.ToArray()));
        }
    }
}
