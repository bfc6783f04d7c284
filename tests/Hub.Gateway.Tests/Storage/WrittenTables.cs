using System.Globalization;
using Hub.Gateway.Storage;
using Hub.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Tests.Storage;

/// <summary>
/// The bytes of one hub.db with some thousand rows, some of them longer than a page, as an orderly end and as a kill
/// have left it; deleted rows still stand on its free pages.
/// </summary>
internal sealed class WrittenTables
{
    public const int PageBytes = 4096;

    /// <summary>The shortest rows that are written here have some 30 bytes.</summary>
    public const int RowsOnAPageMax = 140;

    /// <summary>What is asked of each table, each row as one text.</summary>
    private static readonly (string Table, string Query)[] Questions =
    [
        ("order_alarms", """SELECT "AlarmId" || ' ' || "OrderId" FROM order_alarms"""),
        ("order_events", """SELECT "OrderId" || ' ' || "Sequence" || ' ' || "At" || ' ' || "Body" FROM order_events"""),
        ("credentials", """SELECT "Id" || ' ' || "Principal" || ' ' || "Value" FROM credentials"""),
    ];

    private WrittenTables(TempFolder folder)
    {
        var path = folder["hub.db"];
        var options = new DbContextOptionsBuilder<HubDb>();
        using (var db = new HubDb((DbContextOptions<HubDb>)StorageSetup.Use(options, path).Options))
        {
            StorageSetup.CreateTables(db);
        }

        using (var db = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            db.Open();
            Do(db, "PRAGMA synchronous=OFF; PRAGMA wal_autocheckpoint=0");
            Fill(db, 0, 1_200);
            Do(db, """DELETE FROM order_events WHERE "OrderId" % 5 = 0; PRAGMA wal_checkpoint(TRUNCATE)""");
            Fill(db, 1_200, 1_500);
            WalSettled = (int)new FileInfo(path + "-wal").Length;
            Do(db, "INSERT INTO order_alarms VALUES ('last but one', 1)");
            Do(db, "INSERT INTO order_alarms VALUES ('last', 1)");
            (Database, Wal) = (Copy(path), Copy(path + "-wal"));
            Rows = Read(db);
        }

        SqliteConnection.ClearAllPools();
        Closed = File.ReadAllBytes(path);
    }

    public static WrittenTables Whole { get; } = Make();

    public byte[] Database { get; }

    public byte[] Wal { get; }

    /// <summary>
    /// Where its last commits begin: damage to those can't be told from one that was never finished.
    /// </summary>
    public int WalSettled { get; }

    public byte[] Closed { get; }

    public HashSet<string> Rows { get; }

    public static HashSet<string> Read(string path)
    {
        using var db = new SqliteConnection($"Data Source={path};Pooling=False");
        db.Open();
        return Read(db);
    }

    private static WrittenTables Make()
    {
        using var folder = new TempFolder();
        return new WrittenTables(folder);
    }

    private static void Fill(SqliteConnection db, int from, int to)
    {
        Do(db, "BEGIN");
        for (var i = from; i < to; i++)
        {
            if (i % 50 == 0)
            {
                Do(db, "COMMIT; BEGIN");
            }

            var body = string.Concat(Enumerable.Repeat($"happened {i} ", i % 100 == 7 ? 900 : i % 12));
            Do(db, string.Create(CultureInfo.InvariantCulture, $"""
                INSERT INTO order_alarms VALUES ('alarm-{i}', {i % 300});
                INSERT INTO order_events VALUES ({i / 3}, {(i % 3) + 1}, {i * 10L}, {i * 11L}, '{body}');
                INSERT INTO credentials VALUES (NULL, 'meter-{i}', {i % 3}, 'hash of {i}', 'then', NULL);
                """));
        }

        Do(db, "COMMIT");
    }

    private static HashSet<string> Read(SqliteConnection db)
    {
        var rows = new HashSet<string>();
        foreach (var (table, query) in Questions)
        {
            using var command = db.CreateCommand();
            command.CommandText = query;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add($"{table} {(reader.IsDBNull(0) ? "-" : reader.GetString(0))}");
            }
        }

        return rows;
    }

    private static byte[] Copy(string path)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }

    private static void Do(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
