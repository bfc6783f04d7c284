using System.Text;
using Hub.Gateway.Journal;
using Hub.Gateway.Live;
using Hub.Gateway.Series;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Microsoft.EntityFrameworkCore;

namespace Hub.Proof.Tests.Simulation;

/// <summary>What is wrong with a world at its end; nothing, if the hub keeps its promises.</summary>
internal sealed class Verdict
{
    private readonly List<string> _faults = [];
    private readonly World _world;
    private readonly List<JournalRow> _rows;

    private Verdict(World world, List<JournalRow> rows) => (_world, _rows) = (world, rows);

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>What is missing, and what is there twice or is nobody's.</summary>
    public Toll Toll { get; private set; }

    public int Readings { get; private set; }

    public int Orders { get; private set; }

    public static Verdict Of(World world)
    {
        if (!world.HasCaughtUp)
        {
            var stuck = new Verdict(world, []);
            stuck._faults.Add($"Not everything had arrived long after everything was mended: {world.Stuck}.");
            return stuck;
        }

        var verdict = new Verdict(world, [.. world.Rows()]);
        verdict.JudgeJournal();
        verdict.JudgeTime();
        verdict.JudgeOrders();
        verdict.JudgeSeries();
        verdict.JudgeBounds();
        return verdict;
    }

    /// <summary>Everything that was kept is there, once, as it was; and nothing that nobody measured.</summary>
    private void JudgeJournal()
    {
        var found = new Dictionary<(string, string, long), Reading>();
        var points = Points();
        foreach (var readings in Entries<Entry.Readings>())
        {
            for (var i = 0; i < readings.Items.Length; i++)
            {
                Readings++;
                if (!found.TryAdd((readings.Source, readings.Epoch, readings.Sequence + i), readings.Items.Span[i]))
                {
                    Toll += new Toll(0, 1);
                    _faults.Add($"{readings.Source} {readings.Epoch}:{readings.Sequence + i} is in the journal twice.");
                }
            }
        }

        foreach (var (key, record) in _world.Ledger.Kept)
        {
            if (!found.TryGetValue(key, out var reading))
            {
                Toll += new Toll(1, 0);
                _faults.Add($"{key} {record.Name} {record.Value} was kept by its edge and is not in the journal.");
            }
            else if (reading.Value != record.Value || points[reading.Point.Value].Signal != record.Signal)
            {
                Toll += new Toll(1, 0);
                _faults.Add($"{key} {record.Name} {record.Value} is {reading.Value} of another in the journal.");
            }
        }

        var meters = Entries<Entry.Readings>()
            .SelectMany(entry => entry.Items.ToArray().Select((item, i) => (entry.Source, entry.Epoch, Sequence: entry.Sequence + i, item)))
            .Where(each => points[each.item.Point.Value].Signal == "water.volume")
            .GroupBy(each => (each.Source, each.Epoch), each => each);
        foreach (var meter in meters)
        {
            var values = meter.OrderBy(each => each.Sequence).Select(each => each.item.Value).ToList();
            if (values.Zip(values.Skip(1)).Any(pair => pair.Second < pair.First))
            {
                _faults.Add($"The register of {meter.Key} went back.");
            }
        }
    }

    private void JudgeTime()
    {
        var ticks = Entries<Entry.Tick>().Select(tick => tick.At).ToList();
        if (ticks.Zip(ticks.Skip(1)).FirstOrDefault(pair => pair.Second < pair.First) is { First.Ticks: > 0 } pair)
        {
            _faults.Add($"A tick went back from {pair.First:T} to {pair.Second:T}.");
        }
    }

    /// <summary>An engine and a desk that read the journal once, without a crash, come to the same.</summary>
    private void JudgeOrders()
    {
        using var disk = _world.Disk("replay");
        HubTemplate.CopyTo(disk.Folder);
        var dbs = new HubTemplate.Databases(disk["hub.db"]);
        using var desk = new OrderDesk(
            dbs, new LiveFeed(), new SimulatedClock(_world.Now), new StillPremises(), OrderPolicy.Standard);
        var engine = new RulesEngine(RuleSet.From());
        foreach (var row in _rows)
        {
            var transitions = row.Entries.SelectMany(entry => engine.Step(entry).ToList()).ToList();
            desk.HandleAsync(transitions, row.Position, CancellationToken.None).GetAwaiter().GetResult();
        }

        var (once, lived) = (Effects(dbs), Effects(new HubTemplate.Databases(_world.Hub.Disk["hub.db"])));
        Orders = lived.Count;
        if (!once.SequenceEqual(lived))
        {
            _faults.Add(
                $"A replay comes to other orders: only there {string.Join("; ", once.Except(lived))}; "
                + $"only here {string.Join("; ", lived.Except(once))}.");
        }

        var presses = Entries<Entry.Readings>().SelectMany(entry => entry.Items.ToArray())
            .Where(reading => reading.PressId is not null).Select(reading => reading.PressId).Distinct().Count();
        var effects = lived.Where(order => order.Symptom == "summon").Sum(order => 1 + order.Repeats);
        if (presses != effects)
        {
            Toll += new Toll(Math.Max(0, presses - effects), Math.Max(0, effects - presses));
            _faults.Add($"{presses} presses had {effects} effects.");
        }
    }

    private static List<(string Space, string Symptom, long StartedAt, int Repeats, string Alarms)> Effects(
        HubTemplate.Databases dbs)
    {
        using var db = dbs.CreateDbContext();
        return
        [
            .. db.Set<OrderRow>().AsNoTracking().AsEnumerable().Select(row => row.Order()).Select(order => (
                order.SpaceId, order.Symptom, order.StartedAt.UtcTicks, order.Repeats,
                string.Join(",", order.Alarms.Select(alarm => alarm.Id.Value).Order()))).Order(),
        ];
    }

    /// <summary>The history and InfluxDB have every reading of the journal, each once, and nothing else.</summary>
    private void JudgeSeries()
    {
        var expected = Entries<Entry.Readings>().SelectMany(entry => entry.Items.ToArray())
            .Select(reading => (reading.Point.Value, reading.AtTicks, reading.Value)).Distinct()
            .Order().ToList();
        var points = Points();
        var history = points.Keys.SelectMany(point => _world.Hub.History
            .Read(new PointNumber(point), DateTimeOffset.MinValue, DateTimeOffset.MaxValue, int.MaxValue, null).Items
            .Select(sample => (point, sample.AtTicks, sample.Value))).Order().ToList();
        Compare("the history", expected, history);

        var bySeries = points.ToDictionary(
            point => Encoding.UTF8.GetString(InfluxLineProtocol.Series("simulated", point.Value)), point => point.Key);
        var influx = _world.Influx.Kept.Stored.Select(stored => (
            bySeries[stored.Key.Series], DateTime.UnixEpoch.Ticks + (stored.Key.Nanoseconds / 100), stored.Value)).Order().ToList();
        Compare("InfluxDB", expected, influx);
        if (_world.Hub.Influx.Parked(3).Items is { Count: > 0 } parked)
        {
            _faults.Add($"InfluxDB's readings were parked, such as {parked[0]}.");
        }
    }

    private void Compare(
        string where, List<(int Point, long AtTicks, double Value)> expected, List<(int Point, long AtTicks, double Value)> found)
    {
        if (!expected.SequenceEqual(found))
        {
            var toll = Toll.Of(expected, expected, found);
            Toll += toll;
            _faults.Add(
                $"{where} has {found.Count} values of {expected.Count}: {toll.Lost} are missing, "
                + $"{toll.Doubled} are double or nobody's.{Rows([.. expected.Except(found)])}");
        }
    }

    /// <summary>Which rows the missing ones stand in.</summary>
    private string Rows(List<(int Point, long AtTicks, double Value)> missing) => " Rows " + string.Join(",", _rows
        .Where(row => row.Entries.OfType<Entry.Readings>().Any(entry => entry.Items.ToArray()
            .Any(reading => missing.Contains((reading.Point.Value, reading.AtTicks, reading.Value)))))
        .Select(row => row.Position.Value).Take(8)) + ".";

    /// <summary>What is done with is gone.</summary>
    private void JudgeBounds()
    {
        if (_world.RowsKeptAtEdges > 4 * _world.Edges.Count)
        {
            _faults.Add($"The outboxes keep {_world.RowsKeptAtEdges} rows although nothing waits.");
        }

        if (_world.Waiting > 0)
        {
            _faults.Add($"{_world.Waiting} packets are still on their way.");
        }
    }

    private IEnumerable<T> Entries<T>()
        where T : Entry => _rows.SelectMany(row => row.Entries).OfType<T>();

    private Dictionary<int, Point> Points() => Entries<Entry.Changed>().Select(entry => entry.Change)
        .OfType<SiteChange.PointCommissioned>().Select(change => change.Point)
        .DistinctBy(point => point.Number).ToDictionary(point => point.Number.Value);
}
