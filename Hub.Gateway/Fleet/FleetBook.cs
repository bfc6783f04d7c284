using Hub.Gateway.EdgeConfig;
using Hub.Gateway.Series;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Fleet;

/// <summary>
/// How every edge and device does, which messages were set aside, and what waits to be commissioned. The follower feeds
/// it; any thread looks.
/// </summary>
public sealed class FleetBook(
    SiteBook site, IDbContextFactory<HubDb> database, ConfigBook configs, FleetOptions options, TimeProvider time)
{
    public const int PageMax = 1_000;

    private readonly Lock _gate = new();
    private readonly QuarantineReader _reader = new();
    private FleetFold _fold = new();

    // The site as the journal has told it so far: the site book shows a change a moment after the journal has it.
    private SiteSnapshot _site = SiteSnapshot.Empty;

    internal FleetLedger Ledger { get; } = new(database, options.SetAsideMax);

    /// <summary>The whole fleet now.</summary>
    public FleetPicture Look()
    {
        FleetPicture picture;
        lock (_gate)
        {
            picture = FleetPictures.Of(_fold, site.Current, time.GetUtcNow());
        }

        return picture with { Edges = [.. picture.Edges.Select(edge => edge with { Config = configs.Look(edge.Id) })] };
    }

    /// <summary>Messages that were set aside, the newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="before">Only those with a smaller number; null for the newest.</param>
    public Task<SetAsidePage> SetAsideAsync(int limit, long? before, CancellationToken cancel) =>
        Ledger.PageAsync(Math.Clamp(limit, 1, PageMax), before, cancel);

    /// <summary>
    /// Brings all proposed signals of a device into service at that space; its quarantined readings follow by
    /// themselves.
    /// Gives the points; none if nothing of that device waits.
    /// </summary>
    public async Task<IReadOnlyList<Point>> CommissionAsync(string deviceId, string spaceId, CancellationToken cancel)
    {
        var proposals = Look().Proposals
            .Where(proposal => Point.DeviceIdOf(proposal.Edge, proposal.Device) == deviceId).ToList();
        foreach (var proposal in proposals)
        {
            await site.CommissionAsync(proposal.Edge, proposal.Device, proposal.Signal, spaceId, cancel);
        }

        return
        [
            .. proposals.Select(proposal => Point.IdOf(proposal.Edge, proposal.Device, proposal.Signal))
                .Select(id => site.Current.Find(id)).OfType<Point>(),
        ];
    }

    /// <summary>
    /// Says what it means that a point comes in another unit; what waited for it follows by itself. Gives what is wrong
    /// with the answer; null if it is taken.
    /// </summary>
    /// <exception cref="KeyNotFoundException">Nothing is asked about that point.</exception>
    public async Task<QueryFault?> AnswerAsync(
        PointNumber point, UnitAnswer answer, string by, CancellationToken cancel)
    {
        UnitQuestion? question;
        lock (_gate)
        {
            question = _fold.Questions.Find(point);
        }

        if (question is null || site.Current.Find(point) is not { } known)
        {
            throw new KeyNotFoundException($"Nothing is asked about point {point}.");
        }

        var (changes, fault) = answer.Decide(question, known, by);
        if (fault is null)
        {
            await site.ChangeAsync(changes, cancel);
        }

        return fault;
    }

    /// <summary>The site as of the last row taken; for the one who feeds this book.</summary>
    internal SiteSnapshot Site => _site;

    /// <summary>Whether what was set aside for its unit may go on since this was set to false; for the same.</summary>
    internal bool HasAnswered { get; set; }

    internal void Use(FleetFold fold)
    {
        lock (_gate)
        {
            (_fold, _site) = (fold, site.Current);
        }
    }

    internal byte[] Save()
    {
        using var state = new MemoryStream();
        using var writer = new BinaryWriter(state);
        lock (_gate)
        {
            _fold.Save(writer);
        }

        writer.Flush();
        return state.ToArray();
    }

    internal void Take(IReadOnlyList<Entry> entries)
    {
        lock (_gate)
        {
            for (var i = 0; i < entries.Count; i++)
            {
                Take_NeedsGate(entries[i]);
            }
        }
    }

    private void Take_NeedsGate(Entry entry)
    {
        switch (entry)
        {
            case Entry.Readings readings:
                _fold.Take(readings, _site.Find);
                break;
            case Entry.Presence presence:
                _fold.Take(presence);
                break;
            case Entry.Changed changed:
                _site = _site.With(changed.Change);
                Take_NeedsGate(changed.Change);
                break;
            case Entry.SetAside { Kind: SetAsideKind.OtherUnit } aside:
                var held = _reader.Read(aside.Source, aside.Payload.Span, aside.ReceivedAt);
                // One that came while the answer was on its way asks nothing any more, and only waits.
                HasAnswered |= !_fold.Questions.Take(aside, held, _site);
                break;
            case Entry.SetAside aside:
                _fold.Take(aside, aside.Kind == SetAsideKind.Unknown ? Unknown(aside) : []);
                break;
            default:
                break;
        }
    }

    private void Take_NeedsGate(SiteChange change)
    {
        switch (change)
        {
            case SiteChange.PointCommissioned { Point: var point }:
                _fold.Take(point);
                break;
            case SiteChange.UnitAgreed { Point: var point, By: var by }:
                HasAnswered |= by is not null;
                _fold.Questions.Close(point);
                break;
            case SiteChange.UnitRefused { Point: var point }:
                _fold.Questions.Close(point);
                break;
            case SiteChange.PointRetired { Point: var point }:
                _fold.Questions.Close(point);
                break;
            default:
                break;
        }
    }

    private IEnumerable<ProposedSignal> Unknown(Entry.SetAside aside) =>
        _reader.Proposed(aside.Source, aside.Payload.Span, aside.ReceivedAt)
            .Where(name => _site.Find(Point.IdOf(aside.Source, name.Device, name.Signal)) is null);
}
