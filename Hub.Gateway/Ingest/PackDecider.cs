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
///        set aside    commission,   only counted       set aside, its number spent
///                     first unit
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
    private readonly SetAsideReason _otherUnit = new(FaultsShownMax);
    private PackTimes _times;

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
        _otherUnit.Clear();
        _times = new PackTimes(_reader, now, options);
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

    /// <summary>
    /// The names in a pack that the site must be asked about, with the unit each comes in: the edge's table doesn't
    /// know them, or they are heard for the first time. None if it can't be read.
    /// </summary>
    public IReadOnlyList<(byte[] Name, string Unit)> NamesToAsk(
        EdgeIntake edge, SiteSnapshot site, ReadOnlySpan<byte> payload, DateTimeOffset now)
    {
        var names = new List<(byte[], string)>();
        if (_reader.TryRead(payload, now, out _))
        {
            foreach (ref readonly var record in _reader.Records)
            {
                if (Find(edge, site, in record) is null)
                {
                    names.Add((_reader.Text(record.Name).ToArray(), UnitOf(in record)));
                }
            }
        }

        return names;
    }

    /// <summary>Null if the site must be asked first.</summary>
    private ResolvedName? Find(EdgeIntake edge, SiteSnapshot site, ref readonly SenMlRecord record) =>
        edge.Names.Find(_reader.Text(record.Name), site) is { } name
        && !(record.HasValue && name.Point is not null && name.Fit(_reader.Text(record.Unit)) == UnitFit.First)
            ? name
            : null;

    private bool TryResolve(EdgeIntake edge, SiteSnapshot site)
    {
        var records = _reader.Records;
        for (var i = 0; i < records.Length; i++)
        {
            if (Find(edge, site, in records[i]) is not { } name)
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
        var sequences = edge.Sequences.Of(_reader.Epoch);
        if (first > sequences.Highest + 1)
        {
            NoteLost(edge, sequences.Highest + 1, first - 1, entries);
        }

        sequences.Take(new SequenceRange(first, first + count - 1), _fresh);
        var fresh = 0L;
        foreach (var range in _fresh)
        {
            WriteRun(edge, (int)(range.From - first), (int)range.Count, range.From, now, entries);
            fresh += range.Count;
        }

        edge.Duplicate += count - fresh;
    }

    /// <summary>The rules must know that what was measured in between is unknown.</summary>
    private void NoteLost(EdgeIntake edge, long from, long to, EntryWriter entries)
    {
        var before = long.MaxValue;
        for (var i = 0; i < _reader.Records.Length; i++)
        {
            before = Math.Min(before, _times.Of(in _reader.Records[i], _names[i].Signal.Kind));
        }

        var isAhead = _names[0].Signal.Kind is SignalKind.Contact or SignalKind.Press;
        entries.WriteLost(edge.EdgeUtf8, _reader.Epoch, from, to - from + 1, isAhead, before);
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
        var (kind, at) = (name.Signal.Kind, _times.Of(in record, name.Signal.Kind));
        var press = kind == SignalKind.Press ? _reader.Text(record.Id) : default;
        entries.AddReading(name.Point!.Number, at, value, _times.QualityOf(in record, kind), press);
        edge.Accepted++;
        edge.Late += at < (now - options.LateAfter).UtcTicks ? 1 : 0;
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
            _unknown.Add($"{Where(name)} has not been commissioned");
            return false;
        }

        var fit = name.Fit(_reader.Text(record.Unit));
        value = name.Convert(record.Value);
        if (fit == UnitFit.Other && record.HasValue)
        {
            edge.Quarantined++;
            _otherUnit.Add(
                $"{Where(name)} came in {name.Point.Sent!.Unit} so far, and comes in "
                + $"{SentUnits.NameOf(UnitOf(in record), name.Signal)} now; say what that means");
            return false;
        }

        if (fit == UnitFit.Fits && record.HasValue && name.Signal.IsPossible(value)
            && _times.IsPossible(in record, name.Signal.Kind))
        {
            return true;
        }

        edge.Rejected++;
        _impossible.Add(Fault(name, in record, value, fit, now));
        return false;
    }

    private static string Where(ResolvedName name) => $"{name.Name.Device}/{name.Name.Signal}";

    private string UnitOf(ref readonly SenMlRecord record) => Encoding.UTF8.GetString(_reader.Text(record.Unit));

    private string Fault(ResolvedName name, in SenMlRecord record, double value, UnitFit fit, DateTimeOffset now)
    {
        var where = Where(name);
        if (!record.HasValue)
        {
            return $"{where} has no number; send v or vb";
        }

        if (fit != UnitFit.Fits)
        {
            var (kept, unit) = (name.Signal.Unit, SentUnits.NameOf(UnitOf(in record), name.Signal));
            var why = fit == UnitFit.Refused ? "is a mistake, as somebody said" : $"can't be turned into {kept}";
            return $"{where} comes in {unit}, which {why}; send {name.Point?.Sent?.Unit ?? kept}";
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

        if (_otherUnit.Count > 0)
        {
            SetAside(edge, message, SetAsideKind.OtherUnit, _otherUnit.ToString(), now, entries);
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
