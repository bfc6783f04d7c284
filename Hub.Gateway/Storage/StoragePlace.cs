using Npgsql;

namespace Hub.Gateway.Storage;

/// <summary>
/// Where the tables of a data folder are. A journal with other tables beside it would be another hub, so a folder
/// remembers that they are not in it; and of one database there is one hub.
/// </summary>
public static class StoragePlace
{
    private const string FileName = "hub.postgres";

    /// <summary>Which PostgreSQL has a data folder's tables; null while they are in its hub.db.</summary>
    public static string? Of(string dataFolder) =>
        File.Exists(Path.Combine(dataFolder, FileName))
            ? File.ReadAllText(Path.Combine(dataFolder, FileName)).Trim()
            : null;

    /// <summary>Holds the tables for this hub alone, until it is disposed of or the process ends.</summary>
    /// <exception cref="IOException">They are somewhere else, or another hub has them.</exception>
    /// <exception cref="NpgsqlException">The server can't be reached or lets nobody in.</exception>
    public static async Task<IAsyncDisposable?> HoldAsync(HubOptions options, CancellationToken cancel)
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

        var hold = await TakeAsync(postgres, cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, FileName), postgres.Place + "\n", cancel);
        return hold;
    }

    /// <summary>A lock that the server lets go when the connection ends, however it does.</summary>
    private static async Task<NpgsqlConnection> TakeAsync(PostgresOptions postgres, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.ConnectionString)
        {
            Pooling = false,
            KeepAlive = 30,
        }.ToString());
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock(5341)", connection);
        if (await command.ExecuteScalarAsync(cancel) is true)
        {
            return connection;
        }

        await connection.DisposeAsync();
        throw new IOException($"Another hub is running on the tables at {postgres.Place}.");
    }
}
