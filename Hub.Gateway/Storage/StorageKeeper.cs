using Npgsql;

namespace Hub.Gateway.Storage;

/// <summary>
/// Holds the lock that makes the tables in PostgreSQL this hub's alone, and knows by it whether the server is there. If
/// it goes away, the lock goes with it and is taken again when it is back; a hub that has taken the tables meanwhile
/// keeps them, and this one ends. Does nothing where the tables are in a file.
/// </summary>
public sealed partial class StorageKeeper(HubOptions options, TimeProvider time, ILogger<StorageKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private NpgsqlConnection? _hold;
    private long _awaySince;

    /// <summary>Since when the server can't be reached; null while it can.</summary>
    public DateTimeOffset? AwaySince =>
        Interlocked.Read(ref _awaySince) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>The tables are this hub's from now on, until it is disposed of.</summary>
    /// <exception cref="IOException">They are somewhere else, or another hub has them.</exception>
    /// <exception cref="NpgsqlException">The server can't be reached or lets nobody in.</exception>
    public async Task HoldAsync(CancellationToken cancel) => _hold = await StoragePlace.HoldAsync(options, cancel);

    public override void Dispose()
    {
        _hold?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Postgres is not { } postgres)
        {
            return;
        }

        var before = 0;
        while (true)
        {
            try
            {
                _hold ??= await StoragePlace.TakeAsync(postgres, before, stoppingToken);
                before = _hold.ProcessID;
                NoteBack();
                while (true)
                {
                    await _hold.WaitAsync(stoppingToken);
                }
            }
            catch (Exception e) when (StorageSetup.IsAway(e))
            {
                NoteAway(e);
            }

            if (_hold is { } lost)
            {
                _hold = null;
                await lost.DisposeAsync();
            }

            await Task.Delay(LookEvery, TimeProvider.System, stoppingToken);
        }
    }

    private void NoteAway(Exception e)
    {
        if (AwaySince is null)
        {
            Interlocked.Exchange(ref _awaySince, time.GetUtcNow().UtcTicks);
            Log.Away(logger, e.Message);
        }
    }

    private void NoteBack()
    {
        if (AwaySince is { } since)
        {
            Interlocked.Exchange(ref _awaySince, 0);
            Log.Back(logger, since);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1501, LogLevel.Error,
            "The database is away: {Why} What people ask for is refused; readings and presses are journalled, and have "
            + "their effect when it is back.")]
        public static partial void Away(ILogger logger, string why);

        [LoggerMessage(1502, LogLevel.Warning, "The database is back; it had been away since {Since}.")]
        public static partial void Back(ILogger logger, DateTimeOffset since);
    }
}
