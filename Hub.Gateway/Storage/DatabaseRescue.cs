using System.Globalization;
using Hub.Transport.Log;
using Microsoft.Data.Sqlite;

namespace Hub.Gateway.Storage;

/// <summary>
/// Opens the door to one of the hub's databases: a damaged file is put aside as it was found, and in its place comes
/// one with every row that can be read. Rows are taken as they are or not at all, and the new tables' own rules say
/// which of two can't both be true. It must be run before anybody has opened the file.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="create">Makes its tables, as they were in the damaged one where that can be told.</param>
public sealed class DatabaseRescue(string path, Action<SqliteConnection, SqliteTables> create)
{
    private const int Full = 13;

    /// <summary>A larger file is checked in full only if something was wrong with it (about 2 s per GiB).</summary>
    public long CheckBytesMax { get; init; } = 512L << 20;

    /// <summary>Whether a row is what was written, where its room can tell.</summary>
    public Func<string, object?[], bool> IsWhole { get; init; } = (_, _) => true;

    /// <summary>Makes good what it can before anybody sees the new file; adds what it knows of what is gone.</summary>
    public Func<SqliteConnection, SqliteTables, DatabaseRecovery, DatabaseRecovery> Mend { get; init; } =
        (_, _, recovery) => recovery;

    /// <summary>Where there is no room for a copy: whether it begins empty, for it can be made again.</summary>
    public bool MayBeginEmpty { get; init; }

    /// <summary>Null if nothing was wrong with it.</summary>
    /// <param name="isExpected">It has been there before: that it is gone, or empty, is damage.</param>
    /// <param name="now">For the name of what is put aside.</param>
    /// <exception cref="IOException">No room for what can be read, or a disk that can't be read.</exception>
    public DatabaseRecovery? Run(bool isExpected, DateTimeOffset now)
    {
        LogAside.Finish(path);
        var isThere = File.Exists(path) && new FileInfo(path).Length > 0;
        if ((!isThere && !isExpected && !File.Exists(path + "-wal"))
            || SqliteFile.FaultOf(path, CheckBytesMax) is not { } fault)
        {
            LogAside.ForgetSuspicion(path);
            return null;
        }

        var aside = LogAside.Begin(path, now);
        var recovery = new DatabaseRecovery(
            now, Path.GetFileName(path), fault, File.Exists(path) ? aside.Path : null, []);
        recovery = Make(aside, recovery);
        new RecoveryLedger(Path.GetDirectoryName(Path.GetFullPath(path))!).Add(recovery);
        aside.Complete();
        LogAside.Finish(path);
        LogAside.ForgetSuspicion(path);
        return recovery;
    }

    private DatabaseRecovery Make(LogAside aside, DatabaseRecovery recovery)
    {
        using var tables = new SqliteTables(path);
        try
        {
            return Fill(aside.MakingPath, recovery, tables, isEmpty: false);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == Full && MayBeginEmpty)
        {
            aside.Discard();
            return Fill(
                aside.MakingPath,
                recovery with { Fault = $"{recovery.Fault} There was no room to copy what can be read." },
                tables, isEmpty: true);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == Full)
        {
            aside.Discard();
            throw new IOException($"{path} is damaged, and there is no room to copy what can be read of it.", e);
        }
    }

    private DatabaseRecovery Fill(string making, DatabaseRecovery recovery, SqliteTables tables, bool isEmpty)
    {
        // Whole or not at all: what a crash leaves half-made is begun again.
        using var made = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = making, Pooling = false }.ToString());
        made.Open();
        Run(made, "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=FULL");
        create(made, tables);
        Run(made, "BEGIN");
        recovery = recovery with
        {
            Tables =
            [
                .. Names(made).Select(
                    table => isEmpty ? new TableRecovery(table, 0, false) : Copy(made, table, tables)),
            ],
        };
        Run(made, "COMMIT");
        return Mend(made, tables, recovery);
    }

    private TableRecovery Copy(SqliteConnection made, string table, SqliteTables tables)
    {
        if (tables.Find(table) is not { } described)
        {
            return new TableRecovery(table, 0, false);
        }

        var known = ColumnsOf(made, table);
        var columns = described.Columns.Select((column, place) => (column, place))
            .Where(one => known.Contains(one.column.Name)).ToList();
        var (rows, refused) = (0L, false);
        using var insert = made.CreateCommand();
        foreach (var row in tables.RowsOf(table))
        {
            if (!IsWhole(table, row.Values))
            {
                refused = true;
                continue;
            }

            var isKept = Insert(insert, table, row, columns);
            rows += isKept ? 1 : 0;
            // The steps that its tables were made by are there already.
            refused |= !isKept && table != Migrations.Table;
        }

        return new TableRecovery(table, rows, tables.IsComplete(table) && !refused);
    }

    private static bool Insert(
        SqliteCommand insert, string table, SqliteRow row, List<(SqliteColumn Column, int Place)> columns)
    {
        // A row from before the last columns were added has fewer of them.
        var written = columns.TakeWhile(one => one.Place < row.Values.Length).ToList();
        if (insert.Parameters.Count != written.Count)
        {
            insert.CommandText = string.Create(
                CultureInfo.InvariantCulture,
                $"""
                INSERT OR IGNORE INTO "{table}" ({string.Join(", ", written.Select(one => $"\"{one.Column.Name}\""))})
                VALUES ({string.Join(", ", written.Select(one => $"${one.Place}"))})
                """);
            insert.Parameters.Clear();
            written.ForEach(one => insert.Parameters.AddWithValue(
                string.Create(CultureInfo.InvariantCulture, $"${one.Place}"), null));
        }

        for (var i = 0; i < written.Count; i++)
        {
            var (column, place) = written[i];
            insert.Parameters[i].Value = column.IsRowId ? row.RowId : row.Values[place] ?? DBNull.Value;
        }

        return insert.ExecuteNonQuery() == 1;
    }

    private static List<string> Names(SqliteConnection made) => Ask(
        made, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");

    private static HashSet<string> ColumnsOf(SqliteConnection made, string table) =>
        [.. Ask(made, $"SELECT name FROM pragma_table_info('{table}')")];

    private static List<string> Ask(SqliteConnection made, string sql)
    {
        using var command = made.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static void Run(SqliteConnection made, string sql)
    {
        using var command = made.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
