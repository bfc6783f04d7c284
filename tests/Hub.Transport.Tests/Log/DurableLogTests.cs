using System.Text;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.Data.Sqlite;

namespace Hub.Transport.Tests.Log;

public sealed class DurableLogTests : IDisposable
{
    private static readonly DurableLogOptions Options = new();

    private readonly TempFolder _folder = new();

    private string File => _folder["test.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gives_back_what_was_appended_after_it_is_opened_again()
    {
        using (var log = DurableLog.Open(File, Options))
        {
            Assert.Equal(LogPosition.Start, log.Tail);
            Assert.Equal(new LogPosition(1), log.First);
            Assert.Equal(new LogPosition(1), log.Append("one"u8));
            Assert.Equal(new LogPosition(2), log.Append("two"u8));
        }

        using var again = DurableLog.Open(File, Options);

        Assert.Equal(new LogPosition(2), again.Tail);
        Assert.Equal(["one", "two"], Texts(again.Read(LogPosition.Start, 1000)));
        Assert.Equal(["two"], Texts(again.Read(new LogPosition(1), 1000)));
        Assert.Empty(again.Read(new LogPosition(2), 1000));
        Assert.False(again.Recovery.WasDamaged);
        Assert.True(again.Recovery.WasCheckedInFull);
    }

    [Fact]
    public void A_read_stops_at_its_limit_but_gives_at_least_one_row()
    {
        using var log = DurableLog.Open(File, Options);
        log.Append(new byte[100]);
        log.Append(new byte[100]);
        log.Append(new byte[100]);

        Assert.Single(log.Read(LogPosition.Start, 1));
        Assert.Equal(2, log.Read(LogPosition.Start, 150).Count);
    }

    [Fact]
    public void The_next_row_comes_into_the_callers_buffer()
    {
        using var log = DurableLog.Open(File, Options);
        log.Append("one"u8);
        log.Append(new byte[5000]);
        var buffer = new byte[16];

        Assert.Equal(new LogPosition(1), log.ReadNext(LogPosition.Start, ref buffer, out var length));
        Assert.Equal("one", Encoding.UTF8.GetString(buffer, 0, length));
        Assert.Equal(new LogPosition(2), log.ReadNext(new LogPosition(1), ref buffer, out length));
        Assert.Equal(5000, length);
        Assert.Null(log.ReadNext(new LogPosition(2), ref buffer, out _));
    }

    [Fact]
    public void A_trimmed_position_is_never_given_again()
    {
        using (var log = DurableLog.Open(File, Options with { TrimStepRowsMax = 2 }))
        {
            for (var i = 0; i < 5; i++)
            {
                log.Append([(byte)i]);
            }

            log.TrimThrough(new LogPosition(3));
            Assert.Equal(new LogPosition(4), log.First);
            log.TrimThrough(new LogPosition(99));
            Assert.Equal(new LogPosition(6), log.First);
        }

        using var again = DurableLog.Open(File, Options);

        Assert.Equal(new LogPosition(5), again.Tail);
        Assert.Equal(new LogPosition(6), again.First);
        Assert.Equal(new LogPosition(6), again.Append([1]));
    }

    [Fact]
    public void Trimmed_space_is_used_again()
    {
        using var log = DurableLog.Open(File, Options);
        for (var i = 0; i < 50; i++)
        {
            log.Append(new byte[20_000]);
        }

        var full = log.BytesUsed;
        log.TrimThrough(new LogPosition(45));

        Assert.True(log.BytesUsed < full / 4, $"{log.BytesUsed} of {full} bytes are still used");
    }

    [Fact]
    public void Cursors_survive()
    {
        using (var log = DurableLog.Open(File, Options))
        {
            Assert.Equal(LogPosition.Start, log.GetCursor("influx"));
            log.SetCursor("influx", new LogPosition(7));
            log.SetCursor("influx", new LogPosition(9));
            log.SetCursor("trimmed", new LogPosition(3));
        }

        using var again = DurableLog.Open(File, Options);

        Assert.Equal(new LogPosition(9), again.GetCursor("influx"));
        Assert.Equal(new LogPosition(3), again.GetCursor("trimmed"));
        Assert.Equal(LogPosition.Start, again.Tail);
    }

    [Fact]
    public void A_damaged_file_is_put_aside_and_its_positions_are_not_used_again()
    {
        using (var log = DurableLog.Open(File, Options))
        {
            log.Append(new byte[10_000]);
        }

        var bytes = System.IO.File.ReadAllBytes(File);
        bytes.AsSpan(100, 300).Fill(0xA5);
        System.IO.File.WriteAllBytes(File, bytes);

        using var again = DurableLog.Open(File, Options);

        Assert.True(again.Recovery.WasDamaged);
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(again.Recovery.PutAsidePath!));
        Assert.True(again.Tail > new LogPosition(1_000_000));
        Assert.True(again.Append([1]) == again.Tail);
        Assert.Single(again.Read(LogPosition.Start, 1000));
    }

    [Fact]
    public void A_file_that_is_no_database_is_put_aside()
    {
        System.IO.File.WriteAllText(File, "this is not a database, it is a letter to the operator, long enough to see");

        using var log = DurableLog.Open(File, Options);

        Assert.True(log.Recovery.WasDamaged);
        Assert.StartsWith("this is not", System.IO.File.ReadAllText(log.Recovery.PutAsidePath!));
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_alone()
    {
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE theirs (a)";
            command.ExecuteNonQuery();
        }

        Assert.Throws<InvalidDataException>(() => DurableLog.Open(File, Options));
        Assert.Single(Directory.GetFiles(_folder.Path, "*.db*"), File);
    }

    [Fact]
    public void A_write_that_fails_seals_the_log_and_gives_no_position()
    {
        using var log = DurableLog.Open(File, Options with { BusyTimeMax = TimeSpan.FromMilliseconds(50) });
        log.Append([1]);
        using (var other = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            other.Open();
            using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            hold.ExecuteNonQuery();

            Assert.Throws<LogFailedException>(() => log.Append([2]));
        }

        Assert.Throws<LogFailedException>(() => log.Append([3]));
        Assert.Throws<LogFailedException>(() => log.SetCursor("a", log.Tail));
        Assert.NotNull(log.Failure);
        Assert.Equal(new LogPosition(1), log.Tail);
        Assert.Single(log.Read(LogPosition.Start, 1000));
    }

    [Fact]
    public void The_write_ahead_log_stays_within_its_limit_while_rows_keep_coming()
    {
        using var log = DurableLog.Open(File, Options with { CheckpointStepBytes = 100_000, WalBytesMax = 400_000 });
        for (var i = 0; i < 2000; i++)
        {
            log.Append(new byte[4000]);
        }

        // 8 MB went through it. While one copy runs, as much again may come; then commits wait.
        Assert.InRange(new FileInfo(File + "-wal").Length, 0, 2_000_000);
    }

    [Fact]
    public async Task Readers_on_other_threads_see_whole_rows_while_the_writer_writes()
    {
        using var log = DurableLog.Open(File, Options);
        var reading = Task.Run(
            () =>
            {
                var buffer = Array.Empty<byte>();
                var at = LogPosition.Start;
                while (at.Value < 300)
                {
                    if (log.ReadNext(at, ref buffer, out var length) is { } next)
                    {
                        Assert.Equal(at.Value + 1, next.Value);
                        Assert.Equal(1 + (int)next.Value, length);
                        Assert.Equal((byte)next.Value, buffer[length - 1]);
                        at = next;
                    }
                }
            },
            TestContext.Current.CancellationToken);
        for (var i = 1; i <= 300; i++)
        {
            log.Append(Enumerable.Repeat((byte)i, 1 + i).ToArray());
        }

        await reading;
    }

    private static IEnumerable<string> Texts(IEnumerable<LogRow> rows) =>
        rows.Select(row => Encoding.UTF8.GetString(row.Bytes.Span));
}
