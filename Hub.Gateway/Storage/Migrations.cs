using System.Data.Common;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Hub.Gateway.Storage;

/// <summary>
/// The steps from one version's tables to the next, as SQL that EF has made of the model. Which ones a database has
/// taken stands in EF's own history table. Running them needs no model, so a start costs one small query.
/// </summary>
internal static class Migrations
{
    /// <summary>EF's own table of the steps that were taken.</summary>
    public const string Table = "__EFMigrationsHistory";

    private const string Prefix = "migration:";

    /// <summary>Takes the steps that are missing, each in a transaction of its own.</summary>
    /// <param name="db">Open.</param>
    /// <param name="provider">The folder of its SQL: Sqlite or Postgres.</param>
    /// <param name="only">Leave the others for later; null for all that there are.</param>
    /// <exception cref="IOException">A newer version of the hub has written it.</exception>
    public static void Apply(DbConnection db, string provider, IReadOnlyCollection<string>? only = null)
    {
        Run(db, null, """
            CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
                "MigrationId" varchar(150) NOT NULL PRIMARY KEY, "ProductVersion" varchar(32) NOT NULL)
            """);
        var taken = Taken(db);
        var known = Ids(provider);
        if (taken.Concat(only ?? []).Except(known).FirstOrDefault() is { } unknown)
        {
            throw new IOException(
                $"A newer version of the hub wrote these tables ({unknown}); run that one, or restore a backup.");
        }

        foreach (var id in known.Except(taken).Where(id => only?.Contains(id) ?? true))
        {
            using var transaction = db.BeginTransaction();
            Run(db, transaction, Sql(provider, id));
            Run(db, transaction, $"""
                INSERT INTO "__EFMigrationsHistory" VALUES ('{id}', '{ProductInfo.GetVersion()}')
                """);
            transaction.Commit();
        }
    }

    /// <summary>In the order in which they are taken: their names begin with when they were made.</summary>
    private static List<string> Ids(string provider) =>
    [
        .. typeof(Migrations).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{Prefix}{provider}/", StringComparison.Ordinal))
            .Select(name => name[$"{Prefix}{provider}/".Length..])
            .Order(StringComparer.Ordinal),
    ];

    private static string Sql(string provider, string id)
    {
        using var stream = typeof(Migrations).Assembly.GetManifestResourceStream($"{Prefix}{provider}/{id}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static List<string> Taken(DbConnection db)
    {
        using var command = db.CreateCommand();
        command.CommandText = """SELECT "MigrationId" FROM "__EFMigrationsHistory" """;
        using var reader = command.ExecuteReader();
        var taken = new List<string>();
        while (reader.Read())
        {
            taken.Add(reader.GetString(0));
        }

        return taken;
    }

    private static void Run(DbConnection db, DbTransaction? transaction, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }
}
