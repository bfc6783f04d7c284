using System.Globalization;
using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Backtest;

/// <summary>
/// Runs the engine over rows of a CSV: <c>time,device,signal,value,unit[,received]</c>, with who lived where as
/// <c>device,state,start,end</c>. Each device is its own source and has a unit of its own, or a plant room if the first
/// it tells of is plant; rows arrive in the order of <c>received</c> where that column is there, else as they stand;
/// between them the hub's clock ticks by the data's. A month without a single row ends one recording; what follows is
/// judged by an engine that knows nothing of it.
/// </summary>
public sealed class CsvReplay(RuleSet rules, SignalMap map)
{
    private static readonly long TickEvery = 5 * TimeSpan.TicksPerMinute;

    /// <summary>So long without a single row, and one recording has ended and another begins.</summary>
    private static readonly long RecordingGap = 30 * TimeSpan.TicksPerDay;

    private RulesEngine _engine = new(rules);
    private readonly Dictionary<(string Device, string Signal, string Unit), (Point Point, SignalMapping Mapping)>
        _points = [];

    private readonly Dictionary<string, (string Device, string Signal)> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset First, DateTimeOffset Last)> _spans =
        new(StringComparer.Ordinal);

    private readonly Reading[] _one = new Reading[1];
    private List<Stay> _stays = [];
    private int _stayNext;
    private long _hubTicks;

    public RulesEngine Engine => _engine;

    /// <summary>Is told every entry that the rows become, before the engine: whoever runs another beside it.</summary>
    public Action<Entry>? OnEntry { get; init; }

    /// <summary>Rows that have no mapping or can't be read.</summary>
    public long Skipped { get; private set; }

    /// <summary>From the first to the last row of each device.</summary>
    public IReadOnlyDictionary<string, (DateTimeOffset First, DateTimeOffset Last)> Spans => _spans;

    /// <summary>The alarms, as they are raised.</summary>
    public IEnumerable<ReplayAlarm> Run(TextReader rows, TextReader? context)
    {
        _stays = context is null ? [] : ReadStays(context);
        rows.ReadLine();
        while (rows.ReadLine() is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            var fields = line.Split(',');
            if (fields.Length < 5 || !TryTime(fields[0], out var at)
                || !double.TryParse(fields[3], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                Skipped++;
                continue;
            }

            _spans[fields[1]] = (_spans.TryGetValue(fields[1], out var span) ? span.First : Instant(at), Instant(at));
            var arrived = fields.Length > 5 && TryTime(fields[5], out var received) ? received : at;
            foreach (var alarm in PassTo(arrived))
            {
                yield return alarm;
            }

            foreach (var alarm in Take(fields, at, arrived, value))
            {
                yield return alarm;
            }
        }

        // What the last rows said is judged, too.
        foreach (var alarm in PassTo(_hubTicks + ReorderBufferGrace))
        {
            yield return alarm;
        }
    }

    // As a hub's own door, by default.
    private const long AheadMax = 10 * TimeSpan.TicksPerMinute;
    private static readonly long EarliestAt = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private const long ReorderBufferGrace = 10 * TimeSpan.TicksPerMinute;

    private IEnumerable<ReplayAlarm> Take(string[] fields, long at, long arrived, double value)
    {
        if (PointOf(fields[1], fields[2], fields[4], at) is not { } found)
        {
            Skipped++;
            return [];
        }

        var (point, mapping) = found;
        value = Math.Round((value * mapping.Factor) + mapping.Offset, 9);
        if (!Signal.Of(point.Signal).IsPossible(value) || at > arrived + AheadMax || at < EarliestAt)
        {
            // Set aside at the hub's door, as a live one would be.
            Skipped++;
            return Raised(Step(new Entry.SetAside(
                fields[1], "", SetAsideKind.Impossible, $"{fields[2]} is {fields[3]}", Instant(arrived), default)));
        }

        _one[0] = new Reading(point.Number, at, value);
        return Raised(Step(new Entry.Readings(fields[1], "", 0, Instant(arrived), _one)));
    }

    private IEnumerable<ReplayAlarm> PassTo(long ticks)
    {
        if (_hubTicks != 0 && ticks - _hubTicks > RecordingGap)
        {
            BeginAnew();
        }

        if (_hubTicks == 0)
        {
            _hubTicks = ticks - (ticks % TickEvery);
        }

        while (_hubTicks + TickEvery <= ticks)
        {
            _hubTicks += TickEvery;
            while (_stayNext < _stays.Count && _stays[_stayNext].At <= _hubTicks)
            {
                var (at, device, occupancy) = _stays[_stayNext++];
                foreach (var alarm in Raised(Step(new Entry.Changed(
                    Instant(at), new SiteChange.OccupancyChanged(device, occupancy, Instant(at))))))
                {
                    yield return alarm;
                }
            }

            foreach (var alarm in Raised(Step(new Entry.Tick(Instant(_hubTicks)))))
            {
                yield return alarm;
            }
        }
    }

    // Nobody was silent all that time: nobody recorded. What comes is another year, other homes, another building.
    private void BeginAnew()
    {
        _engine = new RulesEngine(rules);
        _points.Clear();
        _columns.Clear();
        _hubTicks = 0;
    }

    private (Point Point, SignalMapping Mapping)? PointOf(string device, string signal, string unit, long at)
    {
        if (_points.TryGetValue((device, signal, unit), out var found))
        {
            return found;
        }

        if (map.Find(signal, unit) is not { } mapping)
        {
            return null;
        }

        var part = mapping.Part.Length == 0 ? device : mapping.Part;
        var point = new Point(new PointNumber(_points.Count + 1), device, part, mapping.Becomes, device);
        if (!_columns.TryAdd(point.Id.Value, (device, signal)))
        {
            return null;
        }

        if (_points.Keys.All(key => key.Device != device))
        {
            var isVacant = _stays.LastOrDefault(stay => stay.Device == device && stay.At <= at).Occupancy;
            var isPlant = mapping.Becomes.StartsWith("facility.", StringComparison.Ordinal);
            var home = isPlant
                ? new Space(device, SpaceKind.Facility, device)
                : new Space(device, SpaceKind.Unit, device, Occupancy: isVacant);
            Step(new Entry.Changed(Instant(at), new SiteChange.SpaceDefined(home)));
        }

        Step(new Entry.Changed(Instant(at), new SiteChange.PointCommissioned(point)));
        return _points[(device, signal, unit)] = (point, mapping);
    }

    private List<ReplayAlarm> Raised(IReadOnlyList<AlarmTransition> transitions) =>
    [
        .. from raised in transitions.OfType<AlarmTransition.Raised>()
           let id = $"{raised.Device}/{raised.Signal}"
           let column = _columns.GetValueOrDefault(id, (Device: raised.Device, Signal: ""))
           select new ReplayAlarm(raised.At, column.Device, column.Signal, raised.Detector, raised),
    ];

    private static List<Stay> ReadStays(TextReader context)
    {
        var stays = new List<Stay>();
        context.ReadLine();
        while (context.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            if (fields.Length >= 4 && fields[1] == "vacant"
                && TryTime(fields[2], out var from) && TryTime(fields[3], out var to))
            {
                stays.Add(new Stay(from, fields[0], Occupancy.Custody));
                stays.Add(new Stay(to, fields[0], Occupancy.Occupied));
            }
        }

        return [.. stays.OrderBy(stay => stay.At)];
    }

    private static bool TryTime(string text, out long ticks)
    {
        var isTime = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time);
        ticks = time.UtcTicks;
        return isTime;
    }

    private IReadOnlyList<AlarmTransition> Step(Entry entry)
    {
        OnEntry?.Invoke(entry);
        return _engine.Step(entry);
    }

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);

    private readonly record struct Stay(long At, string Device, Occupancy Occupancy);
}
