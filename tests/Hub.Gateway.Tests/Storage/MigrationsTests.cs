using Hub.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Tests.Storage;

public class MigrationsTests
{
    private const string Add = """INSERT INTO order_alarms ("AlarmId", "OrderId") VALUES ('kept', 1)""";
    private const string Kept = """SELECT "AlarmId" AS "Value" FROM order_alarms""";
    private const string Taken = """SELECT "MigrationId" AS "Value" FROM "__EFMigrationsHistory" ORDER BY 1""";

    private protected virtual string Columns => """
        SELECT t.name || ' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk AS "Value"
        FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name != 'sqlite_sequence' ORDER BY 1
        """;

    private protected virtual string Indexes => """
        SELECT sql AS "Value" FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1
        """;

    [Fact]
    public async Task The_steps_make_the_tables_that_the_model_describes()
    {
        using var stepped = NewTables();
        using var described = NewTables();
        Migrate(stepped);
        await stepped.DoAsync("""DROP TABLE "__EFMigrationsHistory" """);
        await using (var db = described.CreateDbContext())
        {
            await db.Database.ExecuteSqlRawAsync(
                db.Database.GenerateCreateScript(), TestContext.Current.CancellationToken);
        }

        Assert.Equal(await described.AskAsync(Columns), await stepped.AskAsync(Columns));
        Assert.Equal(await described.AskAsync(Indexes), await stepped.AskAsync(Indexes));
    }

    [Fact]
    public async Task Each_step_is_taken_once()
    {
        using var tables = NewTables();
        Migrate(tables);
        await tables.DoAsync(Add);
        var taken = await tables.AskAsync(Taken);

        Migrate(tables);

        Assert.Equal(taken, await tables.AskAsync(Taken));
        Assert.Equal(["kept"], await tables.AskAsync(Kept));
    }

    [Fact]
    public async Task Tables_from_before_there_were_steps_are_taken_over_with_all_that_is_in_them()
    {
        using var old = NewTables();
        await old.DoAsync(FirstStep(old));
        await old.DoAsync("DROP TABLE credentials; DROP TABLE principals");
        await old.DoAsync(Add);
        using var fresh = NewTables();
        Migrate(fresh);

        Migrate(old);

        Assert.Equal(await fresh.AskAsync(Columns), await old.AskAsync(Columns));
        Assert.Equal(await fresh.AskAsync(Indexes), await old.AskAsync(Indexes));
        Assert.Equal(["kept"], await old.AskAsync(Kept));
    }

    [Fact]
    public async Task Tables_of_a_newer_hub_are_left_alone()
    {
        using var tables = NewTables();
        Migrate(tables);
        await tables.DoAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29991231235959_Later', '12')""");

        var refused = Assert.Throws<IOException>(() => Migrate(tables));

        Assert.Contains("29991231235959_Later", refused.Message, StringComparison.Ordinal);
    }

    private protected virtual Tables NewTables() => new();

    /// <summary>The tables as they were when steps began; they had no later one's.</summary>
    private static string FirstStep(Tables tables)
    {
        using var db = tables.CreateDbContext();
        var provider = db.Database.IsSqlite() ? "Sqlite" : "Postgres";
        var assembly = typeof(HubDb).Assembly;
        var first = assembly.GetManifestResourceNames().Order(StringComparer.Ordinal)
            .First(name => name.StartsWith($"migration:{provider}/", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(first)!);
        return reader.ReadToEnd();
    }

    private static void Migrate(Tables tables)
    {
        using var db = tables.CreateDbContext();
        StorageSetup.CreateTables(db);
    }
}
