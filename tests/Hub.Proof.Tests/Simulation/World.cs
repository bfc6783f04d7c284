using Hub.Gateway.Journal;
using Hub.Rules.Engine;
using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// Two edges, a network, a hub and an InfluxDB for a few simulated hours on one thread, all of it drawn from one seed:
/// what happens, what fails, and when. Then everything is mended, and the verdict is taken.
/// </summary>
internal sealed partial class World : IDisposable
{
    private const int TroubledSteps = 60;
    private const int MendedStepsMax = 400;

    private readonly TempFolder _folder = new();
    private readonly Random _random;
    private readonly SimulatedNetwork _network;
    private readonly List<SimulatedEdge> _edges = [];
    private readonly Dictionary<long, JournalRow> _trimmed = [];
    private readonly Dictionary<object, int> _down = [];

    public World(int seed, Bait bait = Bait.None)
    {
        (Seed, _random) = (seed, new Random(seed));
        Now = HubTemplate.FirstDay;
        _network = new SimulatedNetwork(Next(), isUnruly: _random.Next(3) == 0);
        Influx = new SimulatedInflux(Next(), bait);
        var hubDisk = Disk("hub");
        HubTemplate.CopyTo(hubDisk.Folder);
        (hubDisk.SyncLies, hubDisk.SwallowsFailedSyncs) = (bait == Bait.NoSync, bait == Bait.SwallowFailedSync);
        Hub = new SimulatedHub(hubDisk, _network, Influx, Next(), () => Now, bait);
        Hub.Start();
        for (var i = 1; i <= 1 + _random.Next(2); i++)
        {
            var edge = new SimulatedEdge($"edge-{i}", Disk($"edge-{i}"), _network, Ledger, Next(), () => Now, bait);
            edge.Format();
            edge.Start();
            _edges.Add(edge);
        }
    }

    public int Seed { get; }

    public DateTimeOffset Now { get; private set; }

    public Ledger Ledger { get; } = new();

    public SimulatedHub Hub { get; }

    public IReadOnlyList<SimulatedEdge> Edges => _edges;

    public SimulatedInflux Influx { get; }

    /// <summary>Whether everything had arrived everywhere at the end.</summary>
    public bool HasCaughtUp { get; private set; }

    /// <summary>What has not come through.</summary>
    public string Stuck => $"hub {Hub.IsRunning} {Hub.IsThrough}, in flight {_network.Flying}, "
        + string.Join(", ", _edges.Select(edge => $"{edge.Name} {edge.Parts}, {edge.Uplink.Waiting} unacknowledged"));

    public Dictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    public long Resent => _edges.Sum(edge => edge.Uplink.Resent);

    public long RowsKeptAtEdges => _edges.Sum(edge => edge.RowsKept);

    public int Waiting => _edges.Sum(edge => edge.Uplink.Waiting) + _network.Flying;

    /// <summary>Every row that the journal ever had, those that it has trimmed included.</summary>
    public IEnumerable<JournalRow> Rows() =>
        _trimmed.Values.Where(row => row.Position < Hub.Journal.First).OrderBy(row => row.Position)
            .Concat(Copies(Hub.Journal.Read(new LogPosition(Hub.Journal.First.Value - 1), Hub.Journal.Tail)));

    public World Run()
    {
        for (var step = 0; step < TroubledSteps; step++)
        {
            Trouble();
            Step(isTroubled: true);
        }

        Mend();
        for (var step = 0; step < MendedStepsMax && !HasCaughtUp; step++)
        {
            Step(isTroubled: false);
            HasCaughtUp = HasEverythingArrived();
        }

        Hub.Settle();
        return this;
    }

    public SimulatedDisk Disk(string name) => new(_folder[name], Next());

    public void Dispose()
    {
        Hub.Dispose();
        _edges.ForEach(edge => edge.Dispose());
        _folder.Dispose();
    }

    private static IEnumerable<JournalRow> Copies(IEnumerable<JournalRow> rows) => rows.Select(row => row with
    {
        Entries = [.. row.Entries.Select(entry => entry is Entry.Readings readings
            ? readings with { Items = readings.Items.ToArray() }
            : entry)],
    });

    private bool HasEverythingArrived() =>
        Hub.IsThrough && _network.Flying == 0 && _edges.All(edge => edge is { IsRunning: true, Backlog: 0 });

    private Random Next() => new(_random.Next());

    private bool Chance(double share) => _random.NextDouble() < share;

    private void Count(string fault) => Faults[fault] = Faults.GetValueOrDefault(fault) + 1;

    private void Step(bool isTroubled)
    {
        Now += TimeSpan.FromSeconds(_random.Next(2, 40));
        Restart(Hub, Hub.IsRunning, Hub.Stop, Hub.Start);
        foreach (var edge in _edges)
        {
            Restart(edge, edge.IsRunning && edge.Disk.IsOn, () => edge.Stop(), edge.Start);
            Step(edge, isTroubled);
        }

        foreach (var packet in _network.Arrived(Now))
        {
            Deliver(packet);
        }

        if (Hub.IsRunning)
        {
            StepHub(isTroubled);
        }
    }

    private void Restart(object machine, bool isRunning, Action stop, Action start)
    {
        if (!isRunning && --System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_down, machine, out _) < 0)
        {
            stop();
            start();
            _down[machine] = _random.Next(3);
        }
    }

    private void Step(SimulatedEdge edge, bool isTroubled)
    {
        if (!edge.IsRunning)
        {
            return;
        }

        if (edge.Uplink.Link is { } link && (!Hub.IsRunning || edge.Uplink.HubStart != Hub.Starts || _network.IsKnownDead(link, Now)))
        {
            Disconnect(edge);
        }

        if (edge.Uplink.Link is null && Hub.IsRunning && !_network.IsDown && Chance(0.7))
        {
            edge.Uplink.Connect(Hub.Starts, sessionPresent: Chance(0.5));
        }

        if (isTroubled)
        {
            edge.Sense();
        }

        if (!isTroubled || Chance(0.7))
        {
            edge.CommitWaiting();
        }

        edge.Forward();
    }

    private void Disconnect(SimulatedEdge edge)
    {
        edge.Uplink.Disconnect();
        if (Hub.IsRunning)
        {
            Hub.Left(edge.Name);
        }
    }

    private void Deliver(Packet packet)
    {
        if (packet.IsPublish && Hub.IsRunning)
        {
            Hub.Receive(packet);
        }
        else if (!packet.IsPublish && _edges.Find(edge => edge.Name == packet.Edge) is { IsRunning: true } edge)
        {
            edge.Uplink.Acknowledged(packet);
            edge.Forward();
        }
    }

    private void StepHub(bool isTroubled)
    {
        Hub.AdvanceTo(Now);
        Do(Hub.Tick);
        if (isTroubled && _fault is null && Chance(0.015))
        {
            Count("hub killed before a commit");
            Hub.Stop();
        }

        if (!isTroubled || Chance(0.85))
        {
            Do(Hub.Commit);
        }

        Do(() => Hub.Follow(isTroubled ? _random.Next(30) : int.MaxValue));
        if (Chance(0.15))
        {
            Do(Hub.SaveWatermarks);
        }

        if (Chance(0.15))
        {
            Do(() => Hub.Trim(KeepCopies));
        }
    }

    private void Do(Action act)
    {
        if (Hub.IsRunning)
        {
            act();
        }
    }

    private void KeepCopies()
    {
        foreach (var row in Copies(Hub.Journal.Read(new LogPosition(Hub.Journal.First.Value - 1), Hub.Journal.Tail)))
        {
            _trimmed[row.Position.Value] = row;
        }
    }
}
