namespace Hub.Proof.Tests.Simulation;

/// <summary>A PUBLISH on its way to the hub, or a PUBACK on its way back.</summary>
internal sealed record Packet(int Link, string Edge, ushort Id, string Topic = "", byte[]? Payload = null)
{
    public bool IsPublish => Payload is not null;
}

/// <summary>
/// What lies between the edges and the hub. A link keeps its packets in order, as TCP does, until it stalls (all that
/// follows is lost, and the edge finds out by its keep-alive) or is cut; what was on its way when it was cut may still
/// arrive, beside what the next link brings. On an unruly network packets overtake each other and come twice.
/// </summary>
internal sealed class SimulatedNetwork(Random random, bool isUnruly)
{
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(45);

    private readonly List<(DateTimeOffset Due, Packet Packet)> _flying = [];
    private readonly Dictionary<(int Link, bool IsUp), DateTimeOffset> _last = [];
    private readonly Dictionary<int, DateTimeOffset> _stalledAt = [];
    private int _links;

    public bool IsDown { get; set; }

    public long Lost { get; private set; }

    public long Doubled { get; private set; }

    public int Flying => _flying.Count;

    public int Open() => ++_links;

    public void Stall(int link, DateTimeOffset at) => _stalledAt.TryAdd(link, at);

    /// <summary>The edge's keep-alive has run out on it.</summary>
    public bool IsKnownDead(int link, DateTimeOffset now) =>
        _stalledAt.TryGetValue(link, out var at) && now - at >= KeepAlive;

    /// <summary>The link ends; a part of what is on its way arrives all the same.</summary>
    public void Cut(int link)
    {
        foreach (var (_, packet) in _flying.Where(flying => flying.Packet.Link == link).ToList())
        {
            if (!packet.IsPublish || random.Next(3) > 0)
            {
                _flying.RemoveAll(flying => ReferenceEquals(flying.Packet, packet));
                Lost++;
            }
        }
    }

    public void Send(Packet packet, DateTimeOffset now)
    {
        if (IsDown)
        {
            Stall(packet.Link, now);
        }

        if (_stalledAt.ContainsKey(packet.Link))
        {
            Lost++;
            return;
        }

        var key = (packet.Link, packet.IsPublish);
        var due = now + TimeSpan.FromMilliseconds(random.Next(1, random.Next(10) == 0 ? 30_000 : 500));
        if (!isUnruly && _last.TryGetValue(key, out var last) && last > due)
        {
            due = last;
        }

        _last[key] = due;
        _flying.Add((due, packet));
        if (isUnruly && random.Next(8) == 0)
        {
            Doubled++;
            _flying.Add((due + TimeSpan.FromSeconds(random.Next(60)), packet));
        }
    }

    /// <summary>What has arrived by now, in the order of its arrival.</summary>
    public List<Packet> Arrived(DateTimeOffset now)
    {
        var arrived = _flying.Where(flying => flying.Due <= now).OrderBy(flying => flying.Due).ToList();
        _flying.RemoveAll(flying => flying.Due <= now);
        return [.. arrived.Select(flying => flying.Packet)];
    }
}
