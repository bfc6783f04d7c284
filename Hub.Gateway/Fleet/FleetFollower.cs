using Hub.Gateway.Ingest;
using Hub.Gateway.Journal;
using Hub.Gateway.Live;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Rules.Engine;
using Hub.Rules.Site;
using Hub.Transport.Log;

namespace Hub.Gateway.Fleet;

/// <summary>
/// Journal to fleet: folds every row, keeps what was set aside, releases what was commissioned meanwhile, and tells the
/// pages when a state word changes.
/// </summary>
public sealed partial class FleetFollower(
    JournalLog journal, FleetBook book, SiteBook site, Replays replays, LiveFeed live, FleetOptions options,
    TimeProvider time,
    ILogger<FleetFollower> logger) : BackgroundService
{
    private const string Name = "fleet";
    private static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    // As far ahead as a reading may be: what was refused for less came from the future.
    private static readonly TimeSpan ClockStepMin = new IngestOptions().AheadMax;

    private readonly List<SetAsideRow> _asides = [];
    private readonly HashSet<(long Row, int Place, int Point)> _releases = [];
    private readonly QuarantineReader _reader = new();
    private Dictionary<string, HealthState> _words = [];
    private long _savedAt;
    private long _notedAt;
    private long _lookedAt;

    private int _pointsThen;

    private DateTimeOffset? _tickAt;
    private bool _isClockPutRight;

    // Null while nothing waits to be released. Before that row, what was released earlier may not have been seen.
    private LogPosition? _releaseAfter;
    private LogPosition _releasedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var (fold, cursor) = await book.Ledger.LoadAsync(journal.Tail.Value, stoppingToken);
            book.Use(fold);
            _pointsThen = fold.PointNumberLast;
            // What a crash left in quarantine is looked at once after every start.
            ReleaseLater();
            await foreach (var row in journal.FollowAsync(Name, new LogPosition(cursor), stoppingToken))
            {
                book.Take(row.Entries);
                Note(row);
                if (book.HasAnswered)
                {
                    book.HasAnswered = false;
                    ReleaseLater();
                }

                await SaveDueAsync(row.Position, stoppingToken);
                if (_releaseAfter is { } after && row.Position >= after)
                {
                    _releaseAfter = null;
                    await SaveAsync(row.Position, withState: false, stoppingToken);
                    await ReleaseAsync(stoppingToken);
                }

                await ReplayAsync(row.Position, stoppingToken);
                TellPages(row.Entries);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The journal has what the checkpoint has not.
        }
    }

    private void ReleaseLater() => _releaseAfter = journal.Tail > _releasedAt ? journal.Tail : _releasedAt;

    private void Note(JournalRow row)
    {
        for (var place = 0; place < row.Entries.Count; place++)
        {
            switch (row.Entries[place])
            {
                case Entry.SetAside aside when !book.Ledger.IsStored(row.Position.Value):
                    _asides.Add(SetAsideRow.Of(row.Position.Value, place, _pointsThen, aside));
                    break;
                case Entry.Readings readings when Releases.TryParse(readings.Epoch, out var from, out var at):
                    foreach (ref readonly var reading in readings.Items.Span)
                    {
                        _releases.Add((from, at, reading.Point.Value));
                    }

                    break;
                case Entry.Tick tick:
                    _isClockPutRight |= tick.At - _tickAt > ClockStepMin;
                    _tickAt = tick.At;
                    break;
                case Entry.Changed { Change: SiteChange.PointCommissioned { Point: var point } }:
                    _pointsThen = Math.Max(_pointsThen, point.Number.Value);
                    ReleaseLater();
                    break;
                default:
                    break;
            }
        }
    }

    private async ValueTask SaveDueAsync(LogPosition row, CancellationToken stopping)
    {
        var isTime = options.Clock.GetElapsedTime(_savedAt) >= options.SaveEvery;
        var isSetAside = _asides.Count >= options.SetAsideBatchMax
            || (_asides.Count > 0 && (row >= journal.Tail || options.Clock.GetElapsedTime(_notedAt) >= NoteEvery));
        if (isTime || isSetAside)
        {
            await SaveAsync(row, isTime, stopping);
        }
    }

    private async Task SaveAsync(LogPosition row, bool withState, CancellationToken stopping)
    {
        var state = withState ? book.Save() : null;
        while (!await TrySaveAsync(row, state, stopping))
        {
            // A full disk holds this follower up, and nothing else: the journal has what comes meanwhile.
            await Task.Delay(RetryDelay, options.Clock, stopping);
        }

        _notedAt = options.Clock.GetTimestamp();
        _asides.Clear();
        _releases.Clear();
        if (withState)
        {
            _savedAt = options.Clock.GetTimestamp();
            journal.Report(Name, row);
        }
    }

    /// <summary>
    /// Puts what waits in quarantine for points that are in service now, or for what their unit means, into the
    /// journal, with its own times.
    /// </summary>
    private async Task ReleaseAsync(CancellationToken stopping)
    {
        try
        {
            await ReleaseWhatMayAsync(stopping);
        }
        catch (Exception e) when (StorageSetup.IsAway(e))
        {
            // As after a crash: what was released meanwhile is seen first.
            ReleaseLater();
        }
    }

    private async Task ReleaseWhatMayAsync(CancellationToken stopping)
    {
        var unknown = await ReleaseAsync(new ReplayRequest(Kind: SetAsideKind.Unknown), false, stopping);
        var explained = await ReleaseAsync(new ReplayRequest(Kind: SetAsideKind.OtherUnit), false, stopping);
        if (unknown.Taken + explained.Taken > 0)
        {
            Released(logger, unknown.Taken + explained.Taken);
        }
    }

    private async Task<ReplayResult> ReleaseAsync(ReplayRequest which, bool isAsked, CancellationToken stopping)
    {
        var (messages, taken, readings) = (0, 0, 0);
        await foreach (var (row, released) in book.Ledger.HeldAsync(which, stopping))
        {
            messages++;
            var (edge, packs) = HeldPacks.Of(row, site.File);
            var receivedAt = new DateTimeOffset(row.ReceivedAt, TimeSpan.Zero);
            var held = packs.SelectMany(pack => _reader.Read(edge, pack, receivedAt)).ToList();
            if (isAsked)
            {
                await CommissionAsync(edge, held, stopping);
            }

            // What somebody has asked for may be of a point that came into service a moment ago.
            var points = isAsked ? site.Current : book.Site;
            if (Releases.Of(row, edge, held, points, released, isAsked, time.GetUtcNow()) is { } entry)
            {
                _releasedAt = await journal.AppendAsync(entry, stopping);
                taken++;
                readings += entry.Items.Length;
            }
        }

        return new ReplayResult(messages, taken, readings);
    }

    /// <summary>Those whose names the site file lets into service by themselves.</summary>
    private async Task CommissionAsync(string edge, List<QuarantinedReading> held, CancellationToken stopping)
    {
        foreach (var (device, signal) in held.Select(reading => (reading.Device, reading.Signal)).Distinct())
        {
            await site.ResolveAsync(edge, device, signal, null, stopping);
        }
    }

    private async Task ReplayAsync(LogPosition row, CancellationToken stopping)
    {
        if (row >= _releasedAt && replays.Take(row) is { } waiting)
        {
            await SaveAsync(row, withState: false, stopping);
            try
            {
                waiting.Done.SetResult(await ReleaseAsync(waiting.Request, true, stopping));
            }
            catch (Exception e) when (StorageSetup.IsAway(e))
            {
                // Whoever has asked is told; it isn't tried again before what was released is seen.
                waiting.Done.SetException(e);
            }
        }
        else if (row >= _releasedAt && _isClockPutRight)
        {
            // What was set aside as of the future may have been so by the hub's own clock, which was behind.
            _isClockPutRight = false;
            await SaveAsync(row, withState: false, stopping);
            try
            {
                await ReleaseAsync(new ReplayRequest(Kind: SetAsideKind.Impossible), true, stopping);
            }
            catch (Exception e) when (StorageSetup.IsAway(e))
            {
                _isClockPutRight = true;
            }
        }
    }

    private async Task<bool> TrySaveAsync(LogPosition row, byte[]? state, CancellationToken stopping)
    {
        try
        {
            await book.Ledger.SaveAsync(row.Value, state, _asides, _releases, stopping);
            return true;
        }
        catch (Exception e) when (StorageSetup.IsFailure(e))
        {
            NotSaved(logger, e);
            return false;
        }
    }

    private void TellPages(IReadOnlyList<Entry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] is Entry.Presence or Entry.SetAside)
            {
                _lookedAt = 0;
            }
        }

        if (options.Clock.GetElapsedTime(_lookedAt) < options.LookEvery)
        {
            return;
        }

        _lookedAt = options.Clock.GetTimestamp();
        var words = new Dictionary<string, HealthState>();
        foreach (var edge in book.Look().Edges)
        {
            words[edge.Id] = edge.State;
            foreach (var device in edge.Devices.Where(device => device.Id != edge.Id))
            {
                words[device.Id] = device.State;
            }
        }

        foreach (var (id, word) in words)
        {
            if (!_words.TryGetValue(id, out var before) || before != word)
            {
                live.Publish("device", id);
            }
        }

        _words = words;
    }

    [LoggerMessage(3302, LogLevel.Error, "The fleet's state can't be saved in hub.db; it is tried again.")]
    private static partial void NotSaved(ILogger logger, Exception e);

    [LoggerMessage(3301, LogLevel.Information, "Readings of {Messages} quarantined messages are released.")]
    private static partial void Released(ILogger logger, int messages);
}
