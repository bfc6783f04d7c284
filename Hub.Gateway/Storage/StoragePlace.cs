using Hub.Gateway.Backup;
using Npgsql;

namespace Hub.Gateway.Storage;

/// <summary>
/// Where the tables of a data folder are. A journal with other tables beside it would be another hub, so a folder
/// remembers that they are not in it; and of one database there is one hub.
/// </summary>
public static class StoragePlace
{
    private const string FileName = "hub.postgres";

    /// <summary>A hub that has just ended may still hold them: the server learns of it a moment later.</summary>
    private const int Tries = 30;

    /// <summary>And takes longer for this hub's own connection from before, which it is told to end.</summary>
    private const int TriesOfOwn = 100;

    private static readonly TimeSpan TryEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Which PostgreSQL has a data folder's tables; null while they are in its hub.db.</summary>
    public static string? Of(string dataFolder) =>
        File.Exists(Path.Combine(dataFolder, FileName))
            ? File.ReadAllText(Path.Combine(dataFolder, FileName)).Trim()
            : null;

    /// <summary>Holds the tables for this hub alone, until it is disposed of or the process ends.</summary>
    /// <exception cref="IOException">They are somewhere else, or another hub has them.</exception>
    /// <exception cref="NpgsqlException">The server can't be reached or lets nobody in.</exception>
    internal static async Task<NpgsqlConnection?> HoldAsync(HubOptions options, CancellationToken cancel)
    {
        var (was, folder) = (Of(options.DataFolder), options.DataFolder);
        if (options.Postgres is not { } postgres)
        {
            return was is null ? null : throw new IOException(
                $"The tables of {folder} are in PostgreSQL at {was}: set BUILDINGHUB__POSTGRES__CONNECTION.");
        }

        if (was is null && File.Exists(Path.Combine(folder, "hub.db")))
        {
            throw new IOException(
                $"The tables of {folder} are in its hub.db, and PostgreSQL would begin without them.");
        }

        if (was is not null && was != postgres.Place)
        {
            throw new IOException(
                $"The tables of {folder} are in PostgreSQL at {was}, and {postgres.Place} is asked for. If it is the "
                + $"same database under a new address, write that into {Path.Combine(folder, FileName)}.");
        }

        var hold = await TakeAsync(postgres, 0, cancel);
        await RefuseUnloadedAsync(hold, folder, cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, FileName), postgres.Place + "\n", cancel);
        return hold;
    }

    /// <summary>A restored folder has its tables beside it until somebody has loaded them.</summary>
    private static async Task RefuseUnloadedAsync(NpgsqlConnection hold, string folder, CancellationToken cancel)
    {
        var dump = Path.Combine(folder, BackupReader.TablesName);
        await using var command = new NpgsqlCommand("SELECT to_regclass('orders') IS NULL", hold);
        if (File.Exists(dump) && await command.ExecuteScalarAsync(cancel) is true)
        {
            await hold.DisposeAsync();
            throw new IOException(
                "The tables of this restored folder are not in the database yet: "
                + $"pg_restore --no-owner --dbname=… {dump}");
        }
    }

    /// <summary>A lock that the server lets go when the connection ends, however it does.</summary>
    /// <param name="postgres">Where.</param>
    /// <param name="before">
    /// The server's process of this hub's last connection, which it may not have missed yet; 0 for none.
    /// </param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="IOException">Another hub has it.</exception>
    internal static async Task<NpgsqlConnection> TakeAsync(
        PostgresOptions postgres, int before, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.ConnectionString)
        {
            Pooling = false,
            KeepAlive = 30,
        }.ToString());
        await connection.OpenAsync(cancel);
        await using var end = new NpgsqlCommand(
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_locks
            WHERE locktype = 'advisory' AND classid = 5341 AND pid = @before
            """,
            connection)
        {
            Parameters = { new("before", before) },
        };
        var tries = before != 0 && await end.ExecuteScalarAsync(cancel) is > 0L ? TriesOfOwn : Tries;
        await using var take = new NpgsqlCommand(
            "SELECT pg_try_advisory_lock(5341, hashtext(current_schema()))", connection);
        while (tries-- > 0)
        {
            if (await take.ExecuteScalarAsync(cancel) is true)
            {
                return connection;
            }

            await Task.Delay(TryEvery, TimeProvider.System, cancel);
        }

        await connection.DisposeAsync();
        throw new IOException($"Another hub is running on the tables at {postgres.Place}.");
    }
}
