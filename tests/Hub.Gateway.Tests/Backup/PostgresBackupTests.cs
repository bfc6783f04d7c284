using Hub.Gateway.Backup;
using Hub.Gateway.Cli;
using Hub.Gateway.Storage;
using Hub.Gateway.Tests.Storage;
using Hub.Testing;
using Npgsql;

namespace Hub.Gateway.Tests.Backup;

/// <summary>With the server's own pg_dump and pg_restore.</summary>
public sealed class PostgresBackupTests(PostgresServer server) : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tables_in_PostgreSQL_come_along_and_a_restored_folder_waits_for_them()
    {
        using var tables = new Tables(server);
        await using (var db = tables.CreateDbContext())
        {
            StorageSetup.CreateTables(db);
        }

        await tables.DoAsync("""INSERT INTO order_alarms VALUES ('kept', 1)""");
        await BeginAsync(tables.Postgres!);
        Assert.Equal(ExitCode.Conflict, await BackupAsync("create", "--data", _folder["hub"], "--out", _folder["b"]));
        var place = new NpgsqlConnectionStringBuilder(tables.Postgres!.ConnectionString) { Password = null };
        await PostgresServer.RunAsync(
            "pg_dump", place.ToString(), "--format=custom", $"--schema={place.SearchPath}", "--file", _folder["dump"]);

        Assert.Equal(ExitCode.Ok, await BackupAsync(
            "create", "--data", _folder["hub"], "--out", _folder["b"], "--tables", _folder["dump"]));
        Assert.Equal(ExitCode.Ok, await BackupAsync("restore", "--in", _folder["b"], "--data", _folder["back"]));
        await tables.DoAsync($"DROP SCHEMA {place.SearchPath} CASCADE; CREATE SCHEMA {place.SearchPath}");
        var options = new HubOptions { DataFolder = _folder["back"], Postgres = tables.Postgres };
        var refused = await Assert.ThrowsAsync<IOException>(() => StoragePlace.HoldAsync(options, Cancel));
        await tables.DoAsync($"DROP SCHEMA {place.SearchPath}");
        await PostgresServer.RunAsync("pg_restore", place.ToString(), "--no-owner", _folder[$"back/{BackupReader.TablesName}"]);

        Assert.Contains("pg_restore", refused.Message, StringComparison.Ordinal);
        await using var hold = await StoragePlace.HoldAsync(options, Cancel);
        Assert.Equal(["kept"], await tables.AskAsync("""SELECT "AlarmId" AS "Value" FROM order_alarms"""));
    }

    /// <summary>As a hub that has run on them leaves its folder.</summary>
    private async Task BeginAsync(PostgresOptions postgres)
    {
        Directory.CreateDirectory(_folder["hub"]);
        await using var hold = await StoragePlace.HoldAsync(
            new HubOptions { DataFolder = _folder["hub"], Postgres = postgres }, Cancel);
    }

    private async Task<int> BackupAsync(params string[] words)
    {
        await File.WriteAllTextAsync(_folder["key"], new string('k', 40), Cancel);
        return await CommandLine.RunAsync(["backup", .. words, "--key-file", _folder["key"]], asked: Cancel);
    }
}
