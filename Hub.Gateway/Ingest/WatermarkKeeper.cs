using Hub.Gateway.Journal;
using Hub.Gateway.Storage;
using Hub.Transport.Log;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Ingest;

/// <summary>
/// Lets duplicates be seen after a restart. The watermarks are a function of the journal, so what is saved is made from
/// its rows alone, never from what ingest has taken and not yet committed: a number saved too early would be a reading
/// lost.
/// </summary>
internal sealed class WatermarkKeeper(
    IngestService ingest, LossLedger losses, JournalLog journal, IDbContextFactory<HubDb> databases,
    IngestOptions options)
    : BackgroundService
{
    private const string Follower = "ingest";

    private SequenceWatermarks _saved = new();
    private LogPosition _position;

    /// <summary>Before the first connection: the last checkpoint, and the rows since.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RestoreAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    internal async Task RestoreAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        journal.Report(Follower, _position);
        await SaveAsync(cancel);
        // Ingest goes on with a copy: this one keeps to what is committed.
        ingest.Remember(SequenceWatermarks.Load(_saved.Save()));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.CheckpointEvery, options.HousekeepingTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SaveAsync(stoppingToken);
        }
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<WatermarkRow>().AsNoTracking().SingleOrDefaultAsync(cancel) is { } row)
        {
            (_saved, _position) = (SequenceWatermarks.Load(row.Watermarks), new LogPosition(row.Position));
        }

        if (await db.Set<LossRow>().AsNoTracking().SingleOrDefaultAsync(cancel) is { } known)
        {
            losses.Load(known.Losses);
        }
        else
        {
            losses.Begin(_saved);
        }

        if (_position > journal.Tail)
        {
            // The journal is younger than the checkpoint: it was replaced. What was seen stays seen.
            _position = LogPosition.Start;
        }

        if (journal.Recovery is { WasDamaged: true })
        {
            CountAnew();
        }
    }

    /// <summary>
    /// Rows are gone, and with them what was acknowledged: what is kept is counted from the rows that are left, so that
    /// the rest is a gap, which an edge may fill. What was trimmed before them had its time.
    /// </summary>
    private void CountAnew()
    {
        var trimmed = new HashSet<(string, string)>();
        (_saved, _position) = (new SequenceWatermarks(), LogPosition.Start);
        losses.Clear();
        _ = journal.ReadSequences(_position, spent =>
        {
            if (trimmed.Add((spent.Source, spent.Epoch)))
            {
                losses.BeginAt(spent);
                _saved.Take(spent.Source, spent.Epoch, 1, (int)Math.Min(spent.Sequence - 1, int.MaxValue));
            }
        });
    }

    internal async Task SaveAsync(CancellationToken cancel)
    {
        var before = _position;
        _position = journal.ReadSequences(before, spent =>
        {
            _saved.Take(spent);
            losses.Take(spent);
        });
        if (_position == before)
        {
            return;
        }

        await Patience.UntilDoneAsync(() => WriteAsync(cancel), cancel);
        journal.Report(Follower, _position);
    }

    private async Task WriteAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Set<WatermarkRow>().ExecuteDeleteAsync(cancel);
        await db.Set<LossRow>().ExecuteDeleteAsync(cancel);
        db.Add(new LossRow { Losses = losses.Save() });
        db.Add(new WatermarkRow { Position = _position.Value, Watermarks = _saved.Save() });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
