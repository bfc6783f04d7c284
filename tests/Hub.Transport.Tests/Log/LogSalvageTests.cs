using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Transport.Tests.Log;

/// <summary>
/// The goal: whatever is done to a log's bytes, it opens; gives no row that was not written; loses no more than what
/// stood on the pages that were damaged; and says so. The method: one written log, damaged at places drawn from a seed.
/// </summary>
public sealed class LogSalvageTests : IDisposable
{
    private const int Seeds = 30;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_undamaged_log_loses_nothing_and_puts_nothing_aside()
    {
        var written = WrittenLog.Whole;
        using var log = WrittenLog.Open(_folder["x.db"], written.Database, written.Wal);

        Assert.Equal(WrittenLog.Rows, Kept(log).Count);
        Assert.False(log.Recovery.WasDamaged);
    }

    [Fact]
    public void A_flipped_byte_costs_the_rows_of_its_page_at_most() => Everywhere((bytes, random) =>
    {
        bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
        return 1;
    });

    [Fact]
    public void A_page_of_zeros_costs_its_rows_at_most() => Everywhere((bytes, random) =>
    {
        var page = random.Next(bytes.Length / WrittenLog.PageBytes);
        bytes.AsSpan(page * WrittenLog.PageBytes, WrittenLog.PageBytes).Clear();
        return 2;
    });

    [Fact]
    public void A_file_cut_short_keeps_what_is_left_of_it()
    {
        var written = WrittenLog.Whole;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var whole = seed % 2 == 0 ? written.Closed : written.Database;
            var cut = new Random(seed).Next(whole.Length);
            using var log = WrittenLog.Open(_folder[$"{seed}.db"], whole[..cut], seed % 2 == 0 ? [] : written.Wal);

            var lost = RequireOnlyWhatWasWritten(log, seed);
            Assert.InRange(lost, 0, ((whole.Length - cut) / WrittenLog.PageBytes + 2) * WrittenLog.RowsOnAPageMax);
            Assert.True(lost == 0 || log.Recovery.WasDamaged, $"seed {seed}: {lost} rows are gone without a word");
        }
    }

    [Fact]
    public void Damage_that_only_reading_finds_is_repaired_by_the_next_opening()
    {
        var written = WrittenLog.Whole;
        var path = _folder["x.db"];
        File.WriteAllBytes(path, written.Closed);
        var small = WrittenLog.Options with { CheckBytesMax = 1 };
        using (var log = DurableLog.Open(path, small))
        {
            Assert.False(log.Recovery.WasCheckedInFull);
        }

        var damaged = File.ReadAllBytes(path);
        damaged.AsSpan(20 * WrittenLog.PageBytes, 6 * WrittenLog.PageBytes).Fill(0xFF);
        File.WriteAllBytes(path, damaged);
        using (var log = DurableLog.Open(path, small))
        {
            Assert.Throws<LogFailedException>(() => log.Read(LogPosition.Start, int.MaxValue));
        }

        using var again = DurableLog.Open(path, small);

        Assert.True(again.Recovery.WasDamaged);
        Assert.InRange(RequireOnlyWhatWasWritten(again, 0), 1, 7 * WrittenLog.RowsOnAPageMax);
    }

    [Fact]
    public void Without_its_head_the_file_is_still_read()
    {
        var written = WrittenLog.Whole;
        var database = written.Closed.ToArray();
        database.AsSpan(0, WrittenLog.PageBytes).Clear();
        using var log = WrittenLog.Open(_folder["x.db"], database, []);

        Assert.Equal(WrittenLog.Rows, Kept(log).Count);
        Assert.Equal((WrittenLog.Rows, 0), (log.Recovery.RowsSaved, log.Recovery.RowsLost));
    }

    [Fact]
    public void A_write_ahead_log_damaged_in_its_middle_loses_what_stands_there_and_not_all_behind_it()
    {
        var written = WrittenLog.Whole;
        var wal = written.Wal.ToArray();
        wal.AsSpan(wal.Length / 3, 3_000).Fill(0xA5);
        using var log = WrittenLog.Open(_folder["x.db"], written.Database, wal);

        Assert.True(log.Recovery.WasDamaged);
        Assert.InRange(Kept(log).Count, WrittenLog.Rows - (2 * WrittenLog.RowsOnAPageMax), WrittenLog.Rows);
    }

    [Fact]
    public void A_torn_tail_is_no_damage()
    {
        var written = WrittenLog.Whole;
        using var log = WrittenLog.Open(_folder["x.db"], written.Database, written.Wal[..^100]);

        Assert.False(log.Recovery.WasDamaged);
        Assert.InRange(Kept(log).Count, WrittenLog.Rows - 1, WrittenLog.Rows);
    }

    [Fact]
    public void What_was_saved_keeps_its_positions_and_what_comes_gets_none_that_was_given_before()
    {
        var written = WrittenLog.Whole;
        var database = written.Database.ToArray();
        database.AsSpan(20 * WrittenLog.PageBytes, 2 * WrittenLog.PageBytes).Clear();
        LogPosition next;
        using (var log = WrittenLog.Open(_folder["x.db"], database, written.Wal))
        {
            Assert.EndsWith("x.db.damaged-20260105T080000Z", log.Recovery.PutAsidePath);
            Assert.Equal(database, File.ReadAllBytes(log.Recovery.PutAsidePath!));
            Assert.Equal(WrittenLog.Rows, log.Recovery.RowsSaved + log.Recovery.RowsLost);
            next = log.Append(written.Contents[0]);
            Assert.True(next > new LogPosition(1L << 40));
        }

        using var again = DurableLog.Open(_folder["x.db"], WrittenLog.Options);

        Assert.False(again.Recovery.WasDamaged);
        Assert.Equal(next, again.Tail);
        Assert.Equal(new LogPosition(1), again.First);
        again.TrimThrough(new LogPosition(WrittenLog.Rows));
        Assert.Equal(next, again.First);
    }

    [Theory]
    [InlineData("the new file is whole, nothing is moved", "making>made")]
    [InlineData("the write-ahead log is moved", "making>made", "-wal>damaged")]
    [InlineData("both are moved", "making>made", "-wal>damaged", ">damaged")]
    public void A_power_cut_between_two_moves_is_finished_at_the_next_opening(string when, params string[] moves)
    {
        var written = WrittenLog.Whole;
        var (path, date) = (_folder["x.db"], "20260105T080000Z");
        WrittenLog.Open(path, written.Database[..80_000], written.Wal).Dispose();
        File.Move(path, $"{path}.making-{date}");
        File.Move($"{path}.damaged-{date}", path);
        File.Move($"{path}.damaged-{date}-wal", path + "-wal");
        foreach (var move in moves)
        {
            var (from, to) = move.Split('>') is [var a, var b] ? (a, b) : default;
            File.Move(
                from == "making" ? $"{path}.making-{date}" : path + from,
                from == "making" ? $"{path}.{to}-{date}" : $"{path}.{to}-{date}{from}");
        }

        using var again = DurableLog.Open(path, WrittenLog.Options);

        Assert.True(File.Exists($"{path}.damaged-{date}"), when);
        Assert.NotEmpty(Kept(again));
        Assert.True(again.Tail.Value >= 1L << 40);
    }

    /// <summary>Damages a closed file, a killed one and its write-ahead log, at places drawn from seeds.</summary>
    /// <param name="damage">Gives how many pages it touched at most.</param>
    private void Everywhere(Func<byte[], Random, int> damage)
    {
        var written = WrittenLog.Whole;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var (database, wal) = seed % 3 == 0
                ? (written.Closed.ToArray(), [])
                : (written.Database.ToArray(), written.Wal.ToArray());
            var pages = damage(seed % 3 == 2 ? wal : database, random);
            using var log = WrittenLog.Open(_folder[$"{seed}.db"], database, wal);

            var lost = RequireOnlyWhatWasWritten(log, seed);
            Assert.InRange(lost, 0, pages * WrittenLog.RowsOnAPageMax);
        }
    }

    /// <summary>How many rows are gone, or not what they were and known not to be.</summary>
    private static int RequireOnlyWhatWasWritten(DurableLog log, int seed)
    {
        var kept = Kept(log);
        foreach (var (position, bytes) in kept)
        {
            Assert.True(
                WrittenLog.Whole.Contents[(int)position - 1].AsSpan().SequenceEqual(bytes),
                $"seed {seed}: row {position} is not what was written");
        }

        return WrittenLog.Rows - kept.Count;
    }

    private static Dictionary<long, byte[]> Kept(DurableLog log) => log.Read(LogPosition.Start, int.MaxValue)
        .Where(row => WrittenLog.IsWhole(row.Bytes.Span))
        .ToDictionary(row => row.Position.Value, row => row.Bytes.ToArray());
}
