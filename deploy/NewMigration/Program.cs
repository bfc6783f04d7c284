using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;
using Hub.Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;

// What has changed in the model since the last snapshot, as SQL for each provider, and the next snapshot.
if (args is not [{ Length: > 0 } name] || !name.All(char.IsAsciiLetterOrDigit))
{
    Console.Error.WriteLine("usage: dotnet run --project deploy/NewMigration -- NameOfTheChange");
    return 2;
}

var root = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(root.FullName, "BuildingHub.sln")))
{
    root = root.Parent ?? throw new InvalidOperationException("Run it inside the source tree.");
}

var id = $"{TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}_{name}";
(string Provider, DbContextOptionsBuilder<HubDb> Options)[] providers =
[
    ("Sqlite", new DbContextOptionsBuilder<HubDb>().UseSqlite("Data Source=:memory:")),
    ("Postgres", new DbContextOptionsBuilder<HubDb>().UseNpgsql("Host=localhost")),
];
foreach (var (provider, options) in providers)
{
    using var db = new HubDb(options.Options);
    var model = db.GetService<IDesignTimeModel>().Model;
    var before = Before(db, provider);
    var changes = db.GetService<IMigrationsModelDiffer>()
        .GetDifferences(before?.GetRelationalModel(), model.GetRelationalModel());
    if (changes.Count == 0)
    {
        Console.WriteLine($"{provider}: the model has not changed.");
        continue;
    }

    var sql = new StringBuilder();
    foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate(changes, model))
    {
        sql.Append(command.CommandText.Trim()).Append("\n\n");
    }

    if (before is null)
    {
        // The first one also takes over tables that are there already.
        sql.Replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ")
            .Replace(" INDEX ", " INDEX IF NOT EXISTS ");
    }

    Write($"Hub.Gateway/Storage/Migrations/{provider}/{id}.sql", sql.ToString().TrimEnd() + "\n");
    Write($"deploy/NewMigration/Snapshots/{provider}Snapshot.cs", Snapshot(db, provider, model));
}

return 0;

void Write(string path, string content)
{
    var file = Path.Combine(root.FullName, path);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllText(file, content);
    Console.WriteLine(path);
}

static IModel? Before(HubDb db, string provider) =>
    Assembly.GetExecutingAssembly().GetType($"Hub.NewMigration.Snapshots.{provider}Snapshot") is { } type
        ? db.GetService<IModelRuntimeInitializer>().Initialize(
            ((ModelSnapshot)Activator.CreateInstance(type)!).Model, designTime: true, validationLogger: null)
        : null;

[SuppressMessage("Usage", "EF1001", Justification = "The writer of snapshots is reached in no other way.")]
static string Snapshot(HubDb db, string provider, IModel model)
{
    var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices().AddDbContextDesignTimeServices(db);
    IDesignTimeServices ofProvider = provider == "Sqlite"
        ? new Microsoft.EntityFrameworkCore.Sqlite.Design.Internal.SqliteDesignTimeServices()
        : new Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal.NpgsqlDesignTimeServices();
    ofProvider.ConfigureDesignTimeServices(services);
    using var built = services.BuildServiceProvider();
    return built.GetRequiredService<IMigrationsCodeGenerator>()
        .GenerateSnapshot("Hub.NewMigration.Snapshots", typeof(HubDb), $"{provider}Snapshot", model);
}
