using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Series;

/// <summary>
/// Gathers journal rows into one batch, and gives each reading its place among the values of its instant. Not
/// thread-safe.
/// </summary>
/// <param name="site">The site tag, as it is when a point is first sent.</param>
/// <param name="ledger">Holds the newest time sent of each point.</param>
/// <param name="find">What the point is called; null if nobody knows it any more.</param>
/// <param name="ordinalAt">The history's word on how many values the point had at that instant before this one.</param>
public sealed class SeriesBatch(
    Func<string> site, InfluxLedger ledger, Func<PointNumber, Point?> find,
    Func<PointNumber, long, double, int?> ordinalAt)
{
    private readonly Dictionary<int, (Point Point, byte[] Series)> _series = [];
    private readonly Dictionary<int, long> _marks = [];
    private readonly List<ParkedReading> _parked = [];
    private SeriesReading[] _readings = new SeriesReading[256];

    public int Count { get; private set; }

    /// <summary>The last row in it.</summary>
    public long Through { get; private set; }

    public ReadOnlyMemory<SeriesReading> Readings => _readings.AsMemory(0, Count);

    /// <summary>The newest time in it of each point that has moved its mark.</summary>
    public IReadOnlyDictionary<int, long> Marks => _marks;

    /// <summary>What can't be sent at all, and later what was refused.</summary>
    public List<ParkedReading> Parked => _parked;

    /// <summary>Takes a row; the history must have taken it before.</summary>
    public void Add(long row, IReadOnlyList<Entry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] is Entry.Readings readings)
            {
                foreach (ref readonly var reading in readings.Items.Span)
                {
                    Add(reading);
                }
            }
        }

        Through = row;
    }

    public void Clear()
    {
        Count = 0;
        _marks.Clear();
        _parked.Clear();
    }

    private void Add(in Reading reading)
    {
        if (SeriesOf(reading.Point) is not { } series)
        {
            Park(reading, $"point {reading.Point} has no name any more");
            return;
        }

        var ordinal = Ordinal(reading);
        if (InfluxLineProtocol.WhyNot(reading.AtTicks, ordinal, reading.Value) is { } reason)
        {
            Park(reading, reason);
            return;
        }

        if (Count == _readings.Length)
        {
            Array.Resize(ref _readings, Count * 2);
        }

        _readings[Count++] = new SeriesReading(reading.Point, series, reading.AtTicks, ordinal, reading.Value);
    }

    // Newer than everything before: nothing else can be at this instant. Else the history knows, and its answer is
    // the same
    // whenever and with whatever else the reading is sent.
    private int Ordinal(in Reading reading)
    {
        ref var mark = ref ledger.MarkOf(reading.Point.Value);
        if (reading.AtTicks <= mark)
        {
            return ordinalAt(reading.Point, reading.AtTicks, reading.Value) ?? 0;
        }

        mark = reading.AtTicks;
        _marks[reading.Point.Value] = reading.AtTicks;
        return 0;
    }

    private ReadOnlyMemory<byte>? SeriesOf(PointNumber number)
    {
        if (find(number) is not { } point)
        {
            return null;
        }

        if (!_series.TryGetValue(number.Value, out var known) || !ReferenceEquals(known.Point, point))
        {
            known = (point, InfluxLineProtocol.Series(site(), point));
            _series[number.Value] = known;
        }

        return known.Series;
    }

    private void Park(in Reading reading, string reason) =>
        _parked.Add(new ParkedReading(reading.Point, reading.AtTicks, reading.Value, reason));
}
