using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Hub.Gateway.Adapters;
using Hub.Gateway.Broker;
using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Rules.Engine;
using Hub.Transport.Messages;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Ingest;

/// <summary>
/// Takes what edges send into the journal: finds the edge of a topic, remembers what it has sent, and knows who is
/// there. The deciding itself is <see cref="PackDecider"/>'s.
/// </summary>
public sealed class IngestService : IIntake, IDisposable
{
    public const int EdgeIdCharactersMax = 64;

    /// <summary>Under which the hub reports on itself; no edge's.</summary>
    public const string OwnId = "hub";

    private static ReadOnlySpan<byte> OwnIdUtf8 => "hub"u8;

    private static readonly SearchValues<byte> EdgeIdBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:"u8);

    private readonly ConcurrentDictionary<string, EdgeIntake> _edges = new(StringComparer.Ordinal);
    private readonly EdgeIntake _refused;
    private readonly JournalLog _journal;
    private readonly SiteBook _site;
    private readonly IngestOptions _options;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<IEdgeWatcher> _watchers;
    private readonly ThreadLocal<PackDecider> _deciders;
    private readonly AdapterTable _adapters;
    private long _topicsVersion;

    public IngestService(
        JournalLog journal, SiteBook site, IngestOptions options, TimeProvider time, IEnumerable<IEdgeWatcher> watchers)
    {
        (_journal, _site, _options, _time, _watchers) = (journal, site, options, time, [.. watchers]);
        _deciders = new ThreadLocal<PackDecider>(() => new PackDecider(options));
        _refused = new EdgeIntake("", new EdgeSequences(), options.NamesPerEdgeMax);
        _adapters = new AdapterTable(EdgeOf, options.Adapters);
        Requests = new AdapterRequests(options.Adapters.RequestsMax);
    }

    /// <summary>What adapters ask of devices; sent by <see cref="AdapterRequests"/>.</summary>
    internal AdapterRequests Requests { get; }

    /// <summary>The hub's own time, that of the journal's ticks: a clock that was set back changes nothing.</summary>
    internal DateTimeOffset Now => _time.GetUtcNow() + _journal.Behind;

    /// <summary>One a thread: taking a message never waits, so a thread is in one message at a time.</summary>
    internal PackDecider Decider => _deciders.Value!;

    // Asked for every message: two reads, and no look at the adapters.
    public long RoutesVersion => _site.FileVersion + Interlocked.Read(ref _topicsVersion);

    public IntakeRoute? Find(string topic)
    {
        if (!Topics.TryParse(Encoding.UTF8.GetBytes(topic), out var edge, out var kind))
        {
            return _adapters.Find(_site.File, topic) is { } adapter ? new AdapterRoute(adapter, this, _site) : null;
        }

        if (kind is not (TopicKind.Readings or TopicKind.Events or TopicKind.Status or TopicKind.Ack))
        {
            return null;
        }

        // Attached to another broker the hub has a presence there, as an edge has; its readings are its own business.
        if (!IsEdgeId(edge) || (kind != TopicKind.Status && edge.SequenceEqual(OwnIdUtf8)))
        {
            return new RefusedRoute(_refused, this);
        }

        var intake = EdgeOf(Encoding.UTF8.GetString(edge));
        return kind switch
        {
            TopicKind.Status => new StatusRoute(intake, this),
            TopicKind.Ack => new AckRoute(intake, this),
            _ => new ReadingsRoute(intake, this, _site, kind == TopicKind.Events),
        };
    }

    public IReadOnlyList<string> TopicFilters =>
    [
        Topics.Readings("+"), Topics.Events("+"), Topics.Status("+"), Topics.Ack("+"),
        .. _adapters.TopicFilters(_site.File),
    ];

    public void Recall(string topic, ReadOnlySpan<byte> payload)
    {
        if (_adapters.Find(_site.File, topic) is { } adapter && adapter.IsDescription(topic)
            && Forwarded.TryOpen(adapter.Declared, topic, payload, Now, out var message, out _))
        {
            lock (adapter.Edge.Gate)
            {
                adapter.Recall(message, _site.Current, _site.File);
            }
        }
    }

    public void ClientLeft(string clientId)
    {
        if (!_edges.TryGetValue(clientId, out var edge))
        {
            return;
        }

        lock (edge.Gate)
        {
            if (edge.IsOnline)
            {
                var batch = new UnansweredBatch();
                NotePresence(edge, new EdgeStatus(edge.Edge, false, Now, null), batch.Entries);
                _journal.HandOver(batch);
            }
        }
    }

    /// <summary>What has been counted since the start.</summary>
    /// <param name="acknowledged">Messages acknowledged, which the broker counts.</param>
    public IngestCounters Count(long acknowledged)
    {
        var sum = new IngestCounters(0, 0, 0, 0, 0, 0, 0, acknowledged);
        foreach (var edge in _edges.Values.Append(_refused))
        {
            lock (edge.Gate)
            {
                sum = new IngestCounters(
                    sum.Accepted + edge.Accepted, sum.Duplicate + edge.Duplicate, sum.Late + edge.Late,
                    sum.Rejected + edge.Rejected, sum.Quarantined + edge.Quarantined,
                    sum.Missing + edge.Sequences.Missing, sum.SetAsideDropped + edge.SetAsides.Dropped, acknowledged);
            }
        }

        return sum;
    }

    public void Dispose() => _deciders.Dispose();

    /// <summary>It has said so, or sends.</summary>
    internal bool IsOnline(string edge)
    {
        if (!_edges.TryGetValue(edge, out var known))
        {
            return false;
        }

        lock (known.Gate)
        {
            return known.IsOnline;
        }
    }

    /// <summary>An adapter claims topics that it didn't claim before.</summary>
    internal void NoteTopics() => Interlocked.Increment(ref _topicsVersion);

    /// <summary>What was seen before this start; before the first message.</summary>
    internal void Remember(SequenceWatermarks watermarks)
    {
        foreach (var (edge, sequences) in watermarks.Edges)
        {
            _edges[edge] = new EdgeIntake(edge, sequences, _options.NamesPerEdgeMax);
        }
    }

    /// <summary>Journals that an edge came or went, and tells the watchers. Needs the edge's gate.</summary>
    internal void NotePresence(EdgeIntake edge, EdgeStatus status, EntryWriter entries)
    {
        edge.IsOnline = status.IsOnline;
        entries.Write(new Entry.Presence(status.Edge, status.IsOnline, status.At));
        foreach (var watcher in _watchers)
        {
            watcher.OnStatus(status);
        }
    }

    /// <summary>Whether something may be sent to an edge of that name.</summary>
    internal static bool IsEdgeId(string edge) => IsEdgeId(Encoding.UTF8.GetBytes(edge)) && edge != OwnId;

    /// <summary>Tells the watchers what an edge has answered.</summary>
    internal void Tell(EdgeAnswer answer)
    {
        foreach (var watcher in _watchers)
        {
            watcher.OnAnswer(answer);
        }
    }

    private static bool IsEdgeId(ReadOnlySpan<byte> edge) =>
        edge.Length is > 0 and <= EdgeIdCharactersMax && !edge.ContainsAnyExcept(EdgeIdBytes);

    private EdgeIntake EdgeOf(string edge)
    {
        if (_edges.TryGetValue(edge, out var known))
        {
            return known;
        }

        return _edges.Count < _options.EdgesMax
            ? _edges.GetOrAdd(edge, name => new EdgeIntake(name, new EdgeSequences(), _options.NamesPerEdgeMax))
            : throw new MqttProtocolException(
                MqttReason.QuotaExceeded, $"{_options.EdgesMax} edges are known here, the limit; {edge} is one more.");
    }
}
