using System.Buffers.Binary;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.Data.Sqlite;

namespace Hub.Transport.Tests.Log;

/// <summary>
/// The files of a log whose process was killed: some rows in the database, some only in the write-ahead log. Each row
/// ends with the sum of its bytes, and none takes less than 500: at most eight of them share a page.
/// </summary>
internal sealed class WrittenLog
{
    public const int Rows = 120;
    public const int RowsOnAPageMax = 8;
    public const int PageBytes = 4096;

    public static readonly DurableLogOptions Options = new()
    {
        IsWhole = IsWhole,
        Time = new ManualTime(),
        CheckpointStepBytes = 200_000,
    };

    private static readonly Lazy<WrittenLog> TheOne = new(() => new WrittenLog());

    private WrittenLog()
    {
        using var folder = new TempFolder();
        var random = new Random(7);
        var log = DurableLog.Open(folder["x.db"], Options);
        for (var i = 1; i <= Rows; i++)
        {
            Contents.Add(Row(random, i));
            log.Append(Contents[^1]);
            if (i == Rows / 2)
            {
                // Half of it is in the database; the rest stays in the write-ahead log.
                using var other = new SqliteConnection($"Data Source={folder["x.db"]};Pooling=False");
                other.Open();
                using var copy = other.CreateCommand();
                copy.CommandText = "PRAGMA wal_checkpoint(RESTART)";
                copy.ExecuteNonQuery();
            }
        }

        Database = File.ReadAllBytes(folder["x.db"]);
        Wal = File.ReadAllBytes(folder["x.db-wal"]);
        log.Dispose();
        Closed = File.ReadAllBytes(folder["x.db"]);
    }

    public static WrittenLog Whole => TheOne.Value;

    /// <summary>Row 1 is the first.</summary>
    public List<byte[]> Contents { get; } = [];

    public byte[] Database { get; }

    public byte[] Wal { get; }

    /// <summary>The file after an orderly end, which needs no write-ahead log.</summary>
    public byte[] Closed { get; }

    /// <summary>Puts copies of its files there, and opens them.</summary>
    public static DurableLog Open(string path, byte[] database, byte[] wal)
    {
        File.WriteAllBytes(path, database);
        File.WriteAllBytes(path + "-wal", wal);
        return DurableLog.Open(path, Options);
    }

    public static bool IsWhole(ReadOnlySpan<byte> row) =>
        row.Length > 4 && BinaryPrimitives.ReadUInt32LittleEndian(row[^4..]) == Sum(row[..^4]);

    private static byte[] Row(Random random, int number)
    {
        var row = new byte[random.Next(500, number % 10 == 0 ? 20_000 : 1_500)];
        random.NextBytes(row);
        BinaryPrimitives.WriteUInt32LittleEndian(row.AsSpan(row.Length - 4), Sum(row.AsSpan(0, row.Length - 4)));
        return row;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 2166136261u;
        foreach (var one in bytes)
        {
            sum = (sum ^ one) * 16777619;
        }

        return sum;
    }
}
