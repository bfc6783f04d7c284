using Hub.Gateway.Series;
using Hub.Gateway.Storage;
using Hub.Rules.Readings;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.Data.Sqlite;

namespace Hub.Gateway.Tests.Series;

/// <summary>
/// The goal: whatever is done to the bytes of series.db, no reading is in the history that was not written; what the
/// journal still has is there again, each reading once; and what it hasn't is told by point and time.
/// </summary>
public sealed class SeriesRescueTests : IDisposable
{
    private const int Points = 12;
    private const int Rows = 60;
    private const int ReadingsARow = 40;

    /// <summary>The journal has forgotten the rows before.</summary>
    private const int JournalFirst = 30;

    private const int PageBytes = 4096;

    private static readonly int Seeds = Math.Max(3, int.Parse(
        Environment.GetEnvironmentVariable("BUILDINGHUB_SEEDS") ?? "0", null) / 5);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Damaged_anywhere_it_is_full_again_as_far_back_as_the_journal_is_kept()
    {
        var written = Write();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var bytes = written.ToArray();
            var pages = random.Next(1, 6);
            for (var i = 0; i < pages; i++)
            {
                random.NextBytes(bytes.AsSpan(random.Next(bytes.Length / PageBytes) * PageBytes, PageBytes));
            }

            Require(seed, seed % 3 == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
        }
    }

    [Fact]
    public void A_file_of_which_nothing_is_left_is_made_of_the_journal()
    {
        var recovery = Require(0, new byte[40_000]);

        Assert.Equal(0, recovery!.RowsKept);
        Assert.Contains("chunks", recovery.Incomplete);
    }

    [Fact]
    public void Chunks_that_are_gone_are_told_by_point_and_time_before_the_journal_begins()
    {
        var bytes = Write();
        var path = _folder["x.db"];
        File.WriteAllBytes(path, bytes);
        long page;
        using (var db = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            db.Open();
            using var command = db.CreateCommand();
            command.CommandText = "SELECT rootpage FROM sqlite_master WHERE name = 'chunks'";
            page = (long)command.ExecuteScalar()!;
        }

        // Its leaves are gone with the way to them, and what the pages hold is noise.
        for (var at = 0; at < bytes.Length; at += PageBytes)
        {
            if (bytes[at] == 0x0D && at > 0 && at != (page - 1) * PageBytes)
            {
                bytes.AsSpan(at, PageBytes).Fill(0xA5);
            }
        }

        File.WriteAllBytes(path, bytes);

        var recovery = Rescue(path)!;

        Assert.NotEmpty(recovery.Spans);
        Assert.All(recovery.Spans, span =>
        {
            Assert.StartsWith("point ", span.Point);
            Assert.InRange(span.To, span.From, Begins);
        });
    }

    private static DateTimeOffset Begins => AtOf(JournalFirst, 0);

    private static DateTimeOffset AtOf(int row, int place) => Some.Morning.AddMinutes((row * ReadingsARow) + place);

    private DatabaseRecovery? Require(int seed, byte[] bytes)
    {
        var path = _folder[$"{seed}.db"];
        File.WriteAllBytes(path, bytes);
        var recovery = Rescue(path);
        using var db = new SeriesDb(path);
        var history = new HistoryStore(db, new HistoryOptions { Clock = _time, ChunkReadingsMax = 100 });
        if (recovery?.HasLost("chunks") == true)
        {
            Assert.Equal(LogPosition.Start, history.Cursor);
        }

        for (var row = Math.Max((int)history.Cursor.Value + 1, JournalFirst); row <= Rows; row++)
        {
            history.Take(new LogPosition(row), [Some.Pack(RowOf(row))]);
        }

        for (var point = 1; point <= Points; point++)
        {
            var kept = history.Read(new PointNumber(point), Some.Morning, Some.Morning.AddDays(9), 100_000, null).Items
                .Select(item => (item.At, item.Value)).ToList();
            var all = Of(point, 1).ToList();
            Assert.True(!kept.Except(all).Any(), $"seed {seed}: a reading was never written");
            Assert.Equal(kept.Count, kept.Distinct().Count());
            Assert.True(!Of(point, JournalFirst).Except(kept).Any(), $"seed {seed}: the journal has more");
            Assert.True(kept.Count == all.Count || recovery?.HasLost("chunks") == true, $"seed {seed}: not told");
        }

        SqliteConnection.ClearAllPools();
        return recovery;
    }

    private static DatabaseRecovery? Rescue(string path) =>
        SeriesRescue.Of(path, Begins).Run(isExpected: true, Some.Morning);

    private byte[] Write()
    {
        var path = _folder["written.db"];
        File.Delete(path);
        using (var db = new SeriesDb(path))
        {
            var history = new HistoryStore(db, new HistoryOptions { Clock = _time, ChunkReadingsMax = 100 });
            for (var row = 1; row <= Rows; row++)
            {
                history.Take(new LogPosition(row), [Some.Pack(RowOf(row))]);
                if (row % 3 == 0)
                {
                    history.StoreAll();
                }
            }
        }

        SqliteConnection.ClearAllPools();
        return File.ReadAllBytes(path);
    }

    private static Reading[] RowOf(int row) =>
    [
        .. from point in Enumerable.Range(1, Points)
           from place in Enumerable.Range(0, ReadingsARow)
           select Some.Reading(point, AtOf(row, place), ValueOf(point, row, place)),
    ];

    private static IEnumerable<(DateTimeOffset At, double Value)> Of(int point, int fromRow) =>
        from row in Enumerable.Range(fromRow, Rows - fromRow + 1)
        from place in Enumerable.Range(0, ReadingsARow)
        select (AtOf(row, place), ValueOf(point, row, place));

    /// <summary>Noisy, so that chunks are not too small to fill pages.</summary>
    private static double ValueOf(int point, int row, int place) =>
        Math.Sin((point * 1_000_003) + (row * 7_919) + place) * 1e6;
}
