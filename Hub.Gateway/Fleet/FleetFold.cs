using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Fleet;

/// <summary>
/// The fleet as a fold over the journal: who was seen when, how often, and what it said about itself. Pure, and saved
/// with
/// its position, so that a restart knows what the hub knew. Not thread-safe.
/// </summary>
internal sealed class FleetFold
{
    public const int EdgesMax = 50_000;
    public const int ProposalsMax = 1_000;

    private const byte Version = 3;

    private readonly Dictionary<(string Edge, string Device, string Signal), Proposal> _proposals = [];
    private PointTrace?[] _points = [];

    public Dictionary<string, EdgeTrace> Edges { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DeviceTrace> Devices { get; } = new(StringComparer.Ordinal);

    /// <summary>Points that come in another unit, and wait for what a person says.</summary>
    public UnitQuestions Questions { get; } = new();

    /// <summary>The last point commissioned as of this place in the journal.</summary>
    public int PointNumberLast { get; private set; }

    public IReadOnlyCollection<Proposal> Proposals => _proposals.Values;

    public Pace? PaceOf(PointNumber point) => point.Value < _points.Length ? _points[point.Value]?.Pace : null;

    /// <summary>A point's description may have changed; its pace stays.</summary>
    public void Take(Point point)
    {
        PointNumberLast = Math.Max(PointNumberLast, point.Number.Value);
        _proposals.Remove((point.Edge, point.Device, point.Signal));
        if (point.Number.Value < _points.Length && _points[point.Number.Value] is { } known)
        {
            known.Device = null;
        }
    }

    public void Take(Entry.Readings pack, Func<PointNumber, Point?> find)
    {
        var newest = 0L;
        var arrivedAt = pack.ReceivedAt.UtcTicks;
        foreach (ref readonly var reading in pack.Items.Span)
        {
            newest = Math.Max(newest, reading.AtTicks);
            var trace = TraceOf(reading.Point, find);
            if (trace.Device is { } device)
            {
                device.Take(trace.Signal, reading, arrivedAt);
                trace.Pace?.Take(reading.AtTicks);
            }
        }

        EdgeOf(pack.Source)?.Take(pack.Items.Length, newest, arrivedAt);
    }

    public void Take(Entry.Presence presence) =>
        EdgeOf(presence.Source)?.Take(presence.IsOnline, presence.At.UtcTicks);

    /// <summary>A message that was set aside, with the points in it that nobody has commissioned.</summary>
    public void Take(Entry.SetAside aside, IEnumerable<ProposedSignal> unknown)
    {
        if (aside.Kind == SetAsideKind.Impossible && EdgeOf(aside.Source) is { } edge)
        {
            edge.ImpossibleAtTicks = aside.ReceivedAt.UtcTicks;
        }

        foreach (var signal in unknown)
        {
            Propose(aside.Source, signal, aside.ReceivedAt);
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Version);
        writer.Write(PointNumberLast);
        writer.Write(Edges.Count);
        foreach (var (id, edge) in Edges)
        {
            writer.Write(id);
            edge.Save(writer);
        }

        writer.Write(Devices.Count);
        foreach (var (id, device) in Devices)
        {
            writer.Write(id);
            device.Save(writer);
        }

        var paced = _points.Index().Where(point => point.Item?.Pace is not null).ToList();
        writer.Write(paced.Count);
        foreach (var (number, trace) in paced)
        {
            writer.Write(number);
            trace!.Pace!.Save(writer);
        }

        writer.Write(_proposals.Count);
        foreach (var proposal in _proposals.Values)
        {
            writer.Write(proposal.Edge);
            writer.Write(proposal.Device);
            writer.Write(proposal.Signal);
            writer.Write(proposal.Messages);
            writer.Write(proposal.FirstAt.UtcTicks);
            writer.Write(proposal.SeenAt.UtcTicks);
            writer.Write(proposal.Unit);
            writer.Write(proposal.Name);
            writer.Write(proposal.Model);
            writer.Write(proposal.Class);
        }

        Questions.Save(writer);
    }

    public static FleetFold Load(BinaryReader reader)
    {
        var fold = new FleetFold();
        var version = reader.ReadByte();
        if (version is < 1 or > Version)
        {
            throw new InvalidDataException($"The fleet's checkpoint is of version {version}, not 1 to {Version}.");
        }

        fold.PointNumberLast = reader.ReadInt32();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            fold.Edges[reader.ReadString()] = EdgeTrace.Load(reader);
        }

        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            fold.Devices[reader.ReadString()] = DeviceTrace.Load(reader);
        }

        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            fold.Slot(reader.ReadInt32()) = new PointTrace { Pace = Pace.Load(reader) };
        }

        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var (edge, device, signal) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
            var proposal = new Proposal(edge, device, signal, reader.ReadInt64(), Instant(reader), Instant(reader));
            fold._proposals[(edge, device, signal)] = version == 1
                ? proposal
                : proposal with
                {
                    Unit = reader.ReadString(),
                    Name = reader.ReadString(),
                    Model = reader.ReadString(),
                    Class = reader.ReadString(),
                };
        }

        if (version >= 3)
        {
            fold.Questions.Load(reader);
        }

        return fold;
    }

    private static DateTimeOffset Instant(BinaryReader reader) => new(reader.ReadInt64(), TimeSpan.Zero);

    private void Propose(string edge, ProposedSignal said, DateTimeOffset at)
    {
        var key = (edge, said.Device, said.Signal);
        if (!_proposals.TryGetValue(key, out var known))
        {
            if (_proposals.Count >= ProposalsMax)
            {
                // Somebody tries out names: what has been quiet longest makes room.
                var oldest = _proposals.MinBy(proposal => proposal.Value.SeenAt).Key;
                _proposals.Remove(oldest);
            }

            known = new Proposal(edge, said.Device, said.Signal, 0, at, at);
        }

        _proposals[key] = known with
        {
            Messages = known.Messages + (said.HasReading ? 1 : 0),
            SeenAt = at,
            Unit = Newer(said.Unit, known.Unit),
            Name = Newer(said.Name, known.Name),
            Model = Newer(said.Model, known.Model),
            Class = Newer(said.Class, known.Class),
        };
    }

    // A reading says nothing of what its device has announced before.
    private static string Newer(string said, string known) => said.Length > 0 ? said : known;

    private EdgeTrace? EdgeOf(string id)
    {
        if (!Edges.TryGetValue(id, out var edge) && Edges.Count < EdgesMax)
        {
            Edges[id] = edge = new EdgeTrace();
        }

        return edge;
    }

    private PointTrace TraceOf(PointNumber number, Func<PointNumber, Point?> find)
    {
        ref var slot = ref Slot(number.Value);
        slot ??= new PointTrace();
        if (slot.Device is null && find(number) is { } point)
        {
            if (!Devices.TryGetValue(point.DeviceId, out var device))
            {
                Devices[point.DeviceId] = device = new DeviceTrace();
            }

            (slot.Device, slot.Signal) = (device, point.Signal);
            // Contacts and presses come when something happens: their steps are no pace.
            var isEvent = Signal.Of(point.Signal).Kind is SignalKind.Contact or SignalKind.Press;
            slot.Pace = isEvent ? null : slot.Pace ?? new Pace();
        }

        return slot;
    }

    private ref PointTrace? Slot(int number)
    {
        if (number >= _points.Length)
        {
            Array.Resize(ref _points, Math.Max(number + 1, _points.Length * 2));
        }

        return ref _points[number];
    }

    /// <summary>What a point leads to, found once and then used for every reading.</summary>
    private sealed class PointTrace
    {
        public DeviceTrace? Device { get; set; }

        public string Signal { get; set; } = "";

        public Pace? Pace { get; set; }
    }
}
