using static SQLitePCL.raw;

namespace Hub.Transport.Log;

/// <summary>A table or an index of a database: where its tree begins, and what its rows look like.</summary>
public sealed record SqliteTable(string Name, long Root, string Sql)
{
    private const string Own = "sqlite_";

    /// <summary>In the order in which a record has them; none of an index.</summary>
    public required IReadOnlyList<SqliteColumn> Columns { get; init; }

    /// <summary>Its rows have no numbers and stand in a tree as those of an index do.</summary>
    public bool IsWithoutRowId { get; init; }

    /// <summary>Reads its own description; null if SQLite can't.</summary>
    internal static SqliteTable? Of(string type, string name, long root, string? sql)
    {
        if (type != "table")
        {
            return new SqliteTable(name, root, sql ?? "") { Columns = [] };
        }

        try
        {
            return Described(name, root, sql ?? "");
        }
        catch (LogFailedException)
        {
            return null;
        }
    }

    /// <summary>Whether a record can be a row of it.</summary>
    internal bool Fits(object?[] values)
    {
        if (values.Length == 0 || values.Length > Columns.Count)
        {
            return false;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!Columns[i].Fits(values[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static SqliteTable Described(string called, long root, string sql)
    {
        // SQLite lets nobody make those of its own.
        var name = called.Replace(Own, "own_", StringComparison.Ordinal);
        using var database = new LogDatabase(":memory:", TimeSpan.Zero);
        database.Execute(sql.Replace(Own, "own_", StringComparison.Ordinal));
        var isWithout = database.Number($"SELECT wr FROM pragma_table_list('{name}')") == 1;
        var columns = new List<(SqliteColumn Column, long Key)>();
        using var statement = database.Prepare($"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{name}')");
        while (database.Step(statement))
        {
            columns.Add((
                new SqliteColumn(
                    sqlite3_column_text(statement, 0).utf8_to_string(),
                    sqlite3_column_text(statement, 1).utf8_to_string(),
                    sqlite3_column_int(statement, 2) == 1, IsRowId: false),
                sqlite3_column_int64(statement, 3)));
        }

        var keys = columns.Where(column => column.Key > 0).OrderBy(column => column.Key).ToList();
        if (isWithout)
        {
            // The key first (2.4).
            columns = [.. keys, .. columns.Where(column => column.Key == 0)];
        }
        else if (keys is [var only] && only.Column.Type.Equals("INTEGER", StringComparison.OrdinalIgnoreCase))
        {
            columns[columns.IndexOf(only)] = (only.Column with { IsRowId = true }, only.Key);
        }

        return new SqliteTable(called, root, sql)
        {
            Columns = [.. columns.Select(column => column.Column)],
            IsWithoutRowId = isWithout,
        };
    }
}
