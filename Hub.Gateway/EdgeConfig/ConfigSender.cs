using Hub.Gateway.Broker;
using Hub.Gateway.Storage;
using Hub.Gateway.Waiting;
using Hub.Transport.Messages;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.EdgeConfig;

/// <summary>
/// Sends configurations to edges: checked, committed to hub.db, then retained on the edge's topic. Each start publishes
/// them anew, so that a broker that has lost one, or was away, has it again; an edge takes the same one once.
/// </summary>
internal sealed class ConfigSender(
    ConfigBook book, IDbContextFactory<HubDb> database, IDownlink downlink, EdgeConfigOptions options,
    TimeProvider time) : IHostedService, IDisposable
{
    private readonly Turn _turn = new();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        foreach (var row in await db.Set<ConfigRow>().AsNoTracking().ToListAsync(cancellationToken))
        {
            var at = new DateTimeOffset(row.At, TimeSpan.Zero);
            await PublishAsync(new WantedConfig(row.Edge, row.Number, row.Version, row.Text, at, row.By));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Wants this of the edge from now on; null if it has been sent.</summary>
    /// <param name="edge">Its id.</param>
    /// <param name="file">What the faults call the text.</param>
    /// <param name="text">The JSON.</param>
    /// <param name="number">What it must replace; null for whatever there is.</param>
    /// <param name="by">Who wants it.</param>
    public async Task<SendRefusal?> PutAsync(
        string edge, string file, string text, int? number, string by, CancellationToken cancel)
    {
        using var turn = await _turn.TakeAsync(cancel);
        var look = book.Look(edge);
        if (look.Wanted is { } same && same.Text == text && !same.IsTakenBack)
        {
            // Asked once more: the edge answers once more.
            await PublishAsync(same);
            return null;
        }

        string[] taken = [.. new[] { look.Wanted?.Version, look.Reported }.OfType<string>()];
        var version = ConfigCheck.Read(file, text, options, taken);
        return version.IsGood
            ? await ReplaceAsync(edge, version.Value, text, number, by, cancel)
            : new SendRefusal(SendRefusalKind.Faulty, version.Faults);
    }

    /// <summary>Wants nothing of the edge any more; it goes on with what it has.</summary>
    public async Task<SendRefusal?> TakeBackAsync(string edge, int? number, string by, CancellationToken cancel)
    {
        using var turn = await _turn.TakeAsync(cancel);
        return book.Look(edge).Wanted is { IsTakenBack: false }
            ? await ReplaceAsync(edge, "", "", number, by, cancel)
            : null;
    }

    public void Dispose() => _turn.Dispose();

    private async Task<SendRefusal?> ReplaceAsync(
        string edge, string version, string text, int? number, string by, CancellationToken cancel)
    {
        var before = book.Look(edge).Wanted;
        if (number is { } expected && expected != (before?.Number ?? 0))
        {
            return new SendRefusal(SendRefusalKind.Changed, []);
        }

        if (before is null && book.WantedCount >= options.EdgesMax)
        {
            return new SendRefusal(SendRefusalKind.Full, []);
        }

        var wanted = new WantedConfig(edge, (before?.Number ?? 0) + 1, version, text, time.GetUtcNow(), by);
        await using (var db = await database.CreateDbContextAsync(cancel))
        {
            var row = await db.Set<ConfigRow>().FindAsync([edge], cancel)
                ?? db.Add(new ConfigRow { Edge = edge }).Entity;
            (row.Number, row.Version, row.Text) = (wanted.Number, version, text);
            (row.At, row.By) = (wanted.At.UtcDateTime, by);
            await db.SaveChangesAsync(cancel);
        }

        await PublishAsync(wanted);
        return null;
    }

    // What is kept is sent, whether or not the one who asked still waits.
    private async Task PublishAsync(WantedConfig wanted)
    {
        book.Want(wanted);
        await downlink.PublishAsync(
            Topics.Config(wanted.Edge), System.Text.Encoding.UTF8.GetBytes(wanted.Text), retain: true,
            CancellationToken.None);
    }
}
