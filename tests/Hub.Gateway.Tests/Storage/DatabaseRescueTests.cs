using Hub.Gateway.Storage;
using Hub.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Tests.Storage;

/// <summary>
/// The goal: whatever is done to the bytes of hub.db, the hub gets a hub.db; no row is in it that was not written; no
/// more is gone than stood on the pages that were damaged; it is said; and the damaged file is kept. The method: one
/// written file, damaged at places drawn from a seed.
/// </summary>
public sealed class DatabaseRescueTests : IDisposable
{
    /// <summary>Of each kind of damage; each is a database to make.</summary>
    private static readonly int Seeds = Math.Max(4, int.Parse(
        Environment.GetEnvironmentVariable("BUILDINGHUB_SEEDS") ?? "0", null) / 5);

    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    private delegate void Damage(Span<byte> bytes, Random random);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_whole_file_is_left_alone_closed_or_killed()
    {
        var written = WrittenTables.Whole;
        Write("closed.db", written.Closed, []);
        Write("killed.db", written.Database, written.Wal);

        Assert.Null(Rescue("closed.db"));
        Assert.Null(Rescue("killed.db"));
        Assert.Equal(written.Rows, WrittenTables.Read(_folder["killed.db"]));
    }

    [Fact]
    public void A_page_of_zeros_or_noise_costs_what_stood_on_it() => Everywhere(
        (bytes, random) =>
        {
            var page = bytes.Slice(
                random.Next(bytes.Length / WrittenTables.PageBytes) * WrittenTables.PageBytes, WrittenTables.PageBytes);
            if (random.Next(2) == 0)
            {
                page.Clear();
            }
            else
            {
                random.NextBytes(page);
            }
        },
        // What the last page of a long row has become is found by nobody: SQLite has no checksums.
        pages: 2, invented: 1);

    [Fact]
    public void A_flipped_byte_costs_a_page_at_most_and_changes_a_row_at_most() => Everywhere(
        (bytes, random) => bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256), pages: 1, invented: 1);

    [Fact]
    public void A_damaged_head_costs_nothing() => Everywhere(
        (bytes, random) => random.NextBytes(bytes.Slice(random.Next(20) * 4, 20)), pages: 0, invented: 0, isHead: true);

    [Fact]
    public void A_file_cut_short_keeps_what_is_left_of_it()
    {
        var written = WrittenTables.Whole;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var whole = seed % 2 == 0 ? written.Closed : written.Database;
            var cut = new Random(seed).Next(whole.Length);
            Write($"{seed}.db", whole[..cut], seed % 2 == 0 ? [] : written.Wal);

            var recovery = Rescue($"{seed}.db");

            Require(seed, recovery, ((whole.Length - cut) / WrittenTables.PageBytes) + 2, invented: 0);
            Assert.NotNull(recovery);
        }
    }

    [Fact]
    public void A_file_that_is_gone_or_empty_is_told_where_one_has_been()
    {
        Write("empty.db", [], []);

        Assert.Equal("The file is empty.", Rescue("empty.db")?.Fault);
        Assert.Equal("The file is gone.", Rescue("gone.db")?.Fault);
        Assert.Null(Rescue("first.db", isExpected: false));
        Assert.Equal(2, new RecoveryLedger(_folder.Path).Read().Count);
    }

    [Fact]
    public void A_write_ahead_log_damaged_in_its_middle_is_not_taken_for_a_torn_tail()
    {
        var written = WrittenTables.Whole;
        var wal = written.Wal.ToArray();
        // SQLite alone would forget everything behind it without a word.
        wal.AsSpan(wal.Length / 3, 3_000).Fill(0xA5);
        Write("0.db", written.Database, wal);

        var recovery = Rescue("0.db");

        Assert.NotNull(recovery);
        Require(0, recovery, pages: 2, invented: 0);
    }

    [Fact]
    public void What_was_damaged_is_kept_as_it_was_found_and_the_steps_of_its_time_are_the_new_ones()
    {
        var written = WrittenTables.Whole;
        var database = written.Closed.ToArray();
        database.AsSpan(30 * WrittenTables.PageBytes, 20 * WrittenTables.PageBytes).Fill(0xA5);
        Write("x.db", database, []);

        var recovery = Rescue("x.db")!;

        Assert.Equal(_folder["x.db.damaged-20260105T080000Z"], recovery.PutAside);
        Assert.Equal(database, File.ReadAllBytes(recovery.PutAside!));
        Assert.NotEmpty(recovery.Incomplete);
        Assert.Equal(recovery.Incomplete, new RecoveryLedger(_folder.Path).Read().Single().Incomplete);
        using var db = new HubDb(
            (DbContextOptions<HubDb>)StorageSetup.Use(new DbContextOptionsBuilder<HubDb>(), _folder["x.db"]).Options);
        StorageSetup.CreateTables(db);
        Assert.Null(Rescue("x.db"));
        SqliteConnection.ClearAllPools();
    }

    /// <summary>Damages a closed file, a killed one and its write-ahead log, at places drawn from seeds.</summary>
    private void Everywhere(Damage damage, int pages, int invented, bool isHead = false)
    {
        var written = WrittenTables.Whole;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var isClosed = seed % 3 == 0 || isHead;
            var (database, wal) = isClosed
                ? (written.Closed.ToArray(), [])
                : (written.Database.ToArray(), written.Wal.ToArray());
            damage(seed % 3 == 2 && !isClosed ? wal.AsSpan(0, written.WalSettled) : database, random);
            Write($"{seed}.db", database, wal);

            Require(seed, Rescue($"{seed}.db"), pages, invented);
        }
    }

    private void Require(int seed, DatabaseRecovery? recovery, int pages, int invented)
    {
        var written = WrittenTables.Whole.Rows;
        var kept = WrittenTables.Read(_folder[$"{seed}.db"]);
        var strange = kept.Except(written).ToList();
        Assert.True(strange.Count <= invented, $"seed {seed}: {strange.FirstOrDefault()} was never written");
        // Where a table's description is gone, nobody knows which pages are its own.
        var unknown = recovery?.Tables.Where(table => table is { Rows: 0, IsComplete: false }).ToList() ?? [];
        var lost = written.Except(kept)
            .Count(row => !unknown.Exists(table => row.StartsWith(table.Name + ' ', StringComparison.Ordinal)));
        Assert.True(lost <= (pages * WrittenTables.RowsOnAPageMax) + strange.Count, $"seed {seed}: {lost} gone");
        Assert.True(lost <= strange.Count || recovery is { IsComplete: false }, $"seed {seed}: {lost} not told");
    }

    private void Write(string name, byte[] database, byte[] wal)
    {
        File.WriteAllBytes(_folder[name], database);
        if (wal.Length > 0)
        {
            File.WriteAllBytes(_folder[name] + "-wal", wal);
        }
    }

    private DatabaseRecovery? Rescue(string name, bool isExpected = true) =>
        StorageSetup.RescueOf(_folder[name], (_, _) => { }).Run(isExpected, Now);
}
