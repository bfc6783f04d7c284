using Hub.Edge.Outbox;
using Hub.Testing;

namespace Hub.Proof.Tests.Edge;

/// <summary>
/// What a <see cref="MeteredEdge"/> has made durable, read off its disk after each of its lives, and held against what
/// its meters and doors did and against what the hub gives out.
/// </summary>
internal sealed class MeterBook(Cellar cellar)
{
    private readonly KeptLane _events = new("events.db");
    private readonly KeptLane _readings = new("readings.db");
    private readonly List<EdgeRecord> _kept = [];

    /// <summary>Each meter's pulses, as the last row says.</summary>
    public IReadOnlyList<long> Counts { get; private set; } = new long[cellar.Meters.Count];

    /// <summary>Every record that was ever found on the disk.</summary>
    public IReadOnlyList<EdgeRecord> Kept => _kept;

    /// <summary>Pulses, at most: the last ones may not have ended when the edge was killed.</summary>
    public long Turned { get; private set; }

    /// <summary>Enters a life that is over; fails if it began elsewhere than the one before had come to.</summary>
    public void Enter(HubProcess life, TempFolder data, string ledger)
    {
        if (life.IsReady)
        {
            Assert.Equal(MeteredEdge.ReadyLine(Counts), life.ReadyLine);
        }

        using var disk = data.Copy();
        var (turned, told) = TurnLedger.Read(ledger, cellar.Meters.Count);
        Turned += turned.Sum();
        var before = Counts;
        foreach (var row in _readings.Note(disk))
        {
            EnterRow(row);
        }

        for (var meter = 0; meter < turned.Length; meter++)
        {
            Assert.InRange(Counts[meter] - before[meter], 0, turned[meter]);
        }

        var events = _events.Note(disk).SelectMany(row => row.Records).ToList();
        foreach (var door in cellar.Doors)
        {
            var levels = events.Where(record => record.Device == door.Device).Select(record => record.Value).ToList();
            Assert.InRange(levels.Count, told, told + 1);
            Assert.Equal(levels.Select((_, i) => (double)(i % 2)), levels);
        }

        _kept.AddRange(events);
    }

    /// <summary>What the hub has lost and doubled.</summary>
    /// <param name="sure">Each must be there; what was kept later may be.</param>
    public async Task<Toll> HeldAgainstAsync(TestHub hub, IReadOnlyCollection<EdgeRecord> sure, CancellationToken cancel)
    {
        var toll = default(Toll);
        foreach (var series in _kept.GroupBy(record => (record.Device, record.Signal)))
        {
            var told = await hub.ReadingsAsync(series.Key.Device, series.Key.Signal, cancel);
            var mustBe = sure.Where(record => (record.Device, record.Signal) == series.Key);
            toll += Toll.Of(Numbered(mustBe.Select(Value)), Numbered(series.Select(Value)), [.. Numbered(told)]);
            if (series.Key.Signal == Cellar.Volume)
            {
                Assert.Equal(told.Order(), told);
            }
        }

        return toll;
    }

    /// <summary>A register that was told must stand in the same row, or the next life would begin before it.</summary>
    private void EnterRow(OutboxRow row)
    {
        var counts = RegisterCounts.Read(row.State.Span);
        foreach (var meter in cellar.Meters)
        {
            var count = counts.GetValueOrDefault(meter.Key);
            Assert.InRange(count, Counts[meter.Line], long.MaxValue);
            Assert.All(
                row.Records.Where(record => record.Device == meter.Device),
                record => Assert.InRange(Cellar.CountOf(meter, record.Value), 0, count));
        }

        Counts = [.. cellar.Meters.Select(meter => counts.GetValueOrDefault(meter.Key))];
        _kept.AddRange(row.Records);
    }

    private static double Value(EdgeRecord record) => record.Value;

    /// <summary>A meter that rests tells the same value again: each is the so-and-so-many-th of its kind.</summary>
    private static IEnumerable<(double Value, int Number)> Numbered(IEnumerable<double> values) => values
        .GroupBy(value => value).SelectMany(same => same.Select((value, number) => (value, number)));
}
