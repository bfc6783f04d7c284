using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Hub.Testing;

/// <summary>
/// A real PostgreSQL, started when the first test asks for it; each gets a schema of its own. It runs as the user
/// postgres where the tests run as root, which it refuses. Nothing is synced: it dies with the tests.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string Password = "a word that no log may have";

    private const string Programs = "/usr/lib/postgresql";

    private readonly TempFolder _folder = new();
    private readonly int _port = FreePorts.Next();
    private readonly bool _isRoot = Environment.UserName == "root";
    private Lazy<RealServer> _server;
    private int _schemas;

    public PostgresServer() => _server = new Lazy<RealServer>(() =>
    {
        PrepareAsync().GetAwaiter().GetResult();
        return ServeAsync().GetAwaiter().GetResult();
    });

    /// <summary>A connection string, without the password, to an empty schema of its own.</summary>
    public string NewPlace()
    {
        var place = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = _server.Value.Port,
            Database = "postgres",
            Username = "hub",
            SearchPath = $"place{Interlocked.Increment(ref _schemas).ToString(CultureInfo.InvariantCulture)}",
        };
        using var connection = Open(place);
        using var command = new NpgsqlCommand($"CREATE SCHEMA {place.SearchPath}", connection);
        command.ExecuteNonQuery();
        return place.ToString();
    }

    /// <summary>Runs one of its programs on a place: pg_dump, pg_restore.</summary>
    public static Task RunAsync(string program, string place, params IEnumerable<string> arguments)
    {
        var at = new NpgsqlConnectionStringBuilder(place);
        return RunAsync(
            $"{Folder()}/bin/{program}",
            [
                "--dbname",
                $"host={at.Host} port={at.Port.ToString(CultureInfo.InvariantCulture)} user={at.Username} "
                    + $"dbname={at.Database} password='{Password}'",
                .. arguments,
            ]);
    }

    /// <summary>It goes away under whoever is connected. Not for one that other tests use as well.</summary>
    public async Task StopAsync()
    {
        var (control, given) = AsPostgres(
            $"{Folder()}/bin/pg_ctl", ["stop", "-D", _folder["data"], "-m", "immediate", "-s"]);
        await RunAsync(control, given);
        await _server.Value.DisposeAsync();
    }

    /// <summary>And comes back, with everything that it had.</summary>
    public async Task StartAgainAsync()
    {
        var server = await ServeAsync();
        _server = new Lazy<RealServer>(server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await _server.Value.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static string Folder() => RealServer.Need(
        Directory.Exists(Programs) ? Directory.GetDirectories(Programs).Max(StringComparer.Ordinal) : null, "PostgreSQL");

    private async Task PrepareAsync()
    {
        var (data, password) = (_folder["data"], _folder["password"]);
        await File.WriteAllTextAsync(password, Password);
        if (_isRoot)
        {
            await RunAsync("/usr/bin/chown", ["-R", "postgres", _folder.Path]);
        }

        var (initdb, given) = AsPostgres(
            $"{Folder()}/bin/initdb",
            [
                "-D", data, "-U", "hub", "-A", "scram-sha-256", $"--pwfile={password}", "--locale=C.UTF-8", "-E", "UTF8",
                "--no-sync", "--no-instructions",
            ]);
        await RunAsync(initdb, given);
    }

    private async Task<RealServer> ServeAsync()
    {
        var (postgres, flags) = AsPostgres(
            $"{Folder()}/bin/postgres",
            [
                "-D", _folder["data"], "-F", "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture),
                "-c", "unix_socket_directories=", "-c", "shared_buffers=32MB", "-c", "max_connections=300",
                "-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "full_page_writes=off", "-c", "autovacuum=off",
            ]);
        return await RealServer.StartAsync(postgres, _port, flags, CancellationToken.None);
    }

    /// <summary>In the same process: ending it ends the server.</summary>
    private (string Program, string[] Arguments) AsPostgres(string program, string[] arguments) => _isRoot
        ? ("/usr/bin/setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
        : (program, arguments);

    private static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }

    /// <summary>It listens a moment before it lets anybody in.</summary>
    private static NpgsqlConnection Open(NpgsqlConnectionStringBuilder place)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(place.ToString()) { Password = Password, Pooling = false }.ToString());
            try
            {
                connection.Open();
                return connection;
            }
            catch (PostgresException e) when (
                e.SqlState == PostgresErrorCodes.CannotConnectNow && patience.Elapsed < TimeSpan.FromSeconds(30))
            {
                connection.Dispose();
            }
        }
    }
}
