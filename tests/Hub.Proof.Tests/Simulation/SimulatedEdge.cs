using System.Buffers;
using Hub.Edge.Forwarding;
using Hub.Edge.Outbox;
using Hub.Edge.Setup;
using Hub.Transport.Log;

namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// One edge: the real outbox and forwarder on a simulated disk and network, with a water meter, a thermometer, a door and
/// a button behind it.
/// </summary>
internal sealed class SimulatedEdge(
    string name, SimulatedDisk disk, SimulatedNetwork network, Ledger ledger, Random random, Func<DateTimeOffset> now,
    Bait bait) : IDisposable
{
    private const string Meter = "m1";
    private readonly List<EdgeRecord> _waiting = [];
    private EdgeOutbox? _outbox;
    private Forwarder? _forwarder;
    private long _pulses;
    private long _epoch = 100;
    private int _presses;

    public string Name => name;

    public SimulatedDisk Disk => disk;

    public SimulatedUplink Uplink { get; private set; } = new(name, network, now, bait);

    public bool IsRunning => _outbox is not null;

    /// <summary>How often a start, a record or a lane has told of its disk.</summary>
    public long Told { get; private set; }

    public long Backlog => (_outbox?.Backlog ?? 1) + _waiting.Count;

    public string Parts => _outbox is null ? "stopped" : $"{_waiting.Count} waiting, {_outbox.Backlog} in the outbox: "
        + $"events {Part(_outbox.Events)}, readings {Part(_outbox.Readings)}";

    /// <summary>What the lanes take on the disk.</summary>
    public long RowsKept => _outbox is null ? 0 : Rows(_outbox.Events) + Rows(_outbox.Readings);

    /// <summary>A new card: empty lanes of a new epoch.</summary>
    public void Format()
    {
        _epoch += bait == Bait.EpochNotRenewed ? 0 : 10;
        foreach (var (file, epoch) in new[] { ("events.db", _epoch), ("readings.db", _epoch + 1) })
        {
            foreach (var path in Directory.GetFiles(disk.Folder, file + "*"))
            {
                File.Delete(path);
            }

            disk.Forget(disk[file]);
            using var log = DurableLog.Open(disk[file], new DurableLogOptions());
            var row = new ArrayBufferWriter<byte>();
            new OutboxRow(epoch, 1, Stamp(), RegisterCounts.Write(new Dictionary<string, long> { [Meter] = _pulses }), []).Write(row);
            log.Append(row.WrittenSpan);
        }
    }

    public void Start()
    {
        disk.Start();
        try
        {
            _outbox = EdgeOutbox.Open(disk.Folder, 64 << 20, 512 << 20, 20_000, 500, Stamp);
        }
        catch (LogFailedException)
        {
            Told++;
            disk.Kill();
            return;
        }

        var counts = RegisterCounts.Read(_outbox.Readings.State.Span);
        _pulses = bait == Bait.RegisterNotRestored ? 0 : counts.GetValueOrDefault(Meter);
        _outbox.ReadState = () => RegisterCounts.Write(new Dictionary<string, long> { [Meter] = _pulses });
        Uplink = new SimulatedUplink(name, network, now, bait);
        _forwarder = new Forwarder(
            name, _outbox.Events, _outbox.Readings, Uplink, new EdgeLimits { PackRecordsMax = 8 }, Stamp, TimeProvider.System);
    }

    /// <summary>The program is gone, orderly or not; the disk says what is left.</summary>
    public void Stop(bool isCardReplaced = false)
    {
        if (isCardReplaced && _outbox is not null)
        {
            ledger.Excuse(name, _outbox.Events);
            ledger.Excuse(name, _outbox.Readings);
        }

        disk.Kill();
        Uplink.Disconnect();
        _forwarder?.Dispose();
        _outbox?.Dispose();
        _waiting.Clear();
        (_outbox, _forwarder) = (null, null);
    }

    /// <summary>What the pins bring until the next step.</summary>
    public void Sense()
    {
        var at = now();
        _pulses += random.Next(4) == 0 ? random.Next(1, 60) : 0;
        Take(new EdgeRecord(Meter, "water.volume", at, _pulses / 1000.0));
        var degrees = 18 + (random.Next(40) / 10.0);
        Take(new EdgeRecord("t1", "climate.temperature", at, degrees));
        if (random.Next(10) == 0)
        {
            Take(new EdgeRecord("t1", "climate.temperature", at, degrees + 0.5)); // Two values of one instant.
        }

        if (random.Next(20) == 0)
        {
            Commit(new EdgeRecord("door", "door.open", at, random.Next(2)));
        }

        if (random.Next(30) == 0)
        {
            Commit(new EdgeRecord("lobby", EdgeSignals.Press, at, 1, $"{name}-{++_presses}"));
        }
    }

    public void CommitWaiting()
    {
        try
        {
            _outbox!.CommitWaiting();
            ledger.Keep(name, _outbox.Readings, _waiting);
            _waiting.Clear();
        }
        catch (OutboxException)
        {
            // They wait on.
            Told++;
        }
    }

    public void Forward()
    {
        if (Uplink.IsConnected)
        {
            _forwarder!.Send(CancellationToken.None);
            Uplink.SendAll();
        }

        _forwarder!.Settle();
        Told += _outbox!.Fault is null ? 0 : 1;
    }

    public void Dispose()
    {
        Stop();
        disk.Dispose();
    }

    private static ClockStamp Stamp() => new(ClockQuality.Synced, Guid.Empty, 0);

    private static string Part(OutboxLane lane) => $"{lane.Sent} of {lane.Tail}, {lane.Backlog} {lane.Fault}";

    private static long Rows(OutboxLane lane) => lane.Read(LogPosition.Start, int.MaxValue).Count;

    private void Take(EdgeRecord record)
    {
        _outbox!.Take(record);
        _waiting.Add(record);
    }

    private void Commit(EdgeRecord record)
    {
        try
        {
            _outbox!.Commit(record);
            ledger.Keep(name, _outbox.Events, [record]);
        }
        catch (OutboxException)
        {
            // Whoever pressed is told that it was not recorded.
            Told++;
        }
    }
}
