using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Hub.Gateway.Journal;
using Hub.Rules.Readings;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Bench;

/// <summary>
/// How fast the journal appends beside bare syncs of the same disk, turn and turn about; and how soon a hub is there
/// again after its files were copied from under it while it ran, as a power cut leaves them.
/// </summary>
internal static partial class JournalBench
{
    private const int Packs = 100;
    private const int PackReadings = 10;
    private const int Turns = 20;
    private const int TurnCommits = 50;

    public static async Task<int> RunAsync(string[] args)
    {
        var readings = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 10_000_000;
        using var folder = new TempFolder();
        var killed = Directory.CreateDirectory(folder["killed"]).FullName;
        using (var journal = Open(folder["journal.db"]))
        {
            CompareWithBareSyncs(folder);
            for (var commits = readings / (Packs * PackReadings); commits > 0; commits--)
            {
                await CommitAsync(journal);
            }

            foreach (var part in new[] { "journal.db", "journal.db-wal" })
            {
                File.Copy(folder[part], Path.Combine(killed, part));
            }

            Print($"{readings} readings in {journal.Tail} rows, copied while open:");
            Print($"  {MiB(folder["journal.db"])} MiB and {MiB(folder["journal.db-wal"])} MiB of write-ahead log");
        }

        // The whole hub first: opening the journal alone would leave it a clean file.
        var start = Stopwatch.GetTimestamp();
        await using (var hub = await HubProcess.StartAsync(
            "buildinghub", "hub", "run", "--data", killed, "--http", $"127.0.0.1:{FreePorts.Next()}",
            "--mqtt", $"127.0.0.1:{FreePorts.Next()}", "--allow-anonymous-loopback"))
        {
            Print($"hub ready, with no checkpoint of anything: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s");
        }

        start = Stopwatch.GetTimestamp();
        using (Open(Path.Combine(killed, "journal.db")))
        {
            Print($"journal open again, after a kill: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s");
        }

        return 0;
    }

    private static void CompareWithBareSyncs(TempFolder folder)
    {
        using var log = DurableLog.Open(folder["append.db"], new DurableLogOptions());
        var block = new byte[Batch().Entries.Length + JournalBlock.HeadBytes + JournalBlock.TailBytes];
        using var file = File.OpenHandle(folder["bare"], FileMode.Create, FileAccess.ReadWrite);
        var (ratios, rates) = (new List<double>(), new List<double>());
        long at = 0;
        for (var turn = 0; turn < Turns; turn++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < TurnCommits; i++, at += block.Length)
            {
                RandomAccess.Write(file, block, at);
                if (Sync(file.DangerousGetHandle().ToInt32()) != 0)
                {
                    throw new IOException("fdatasync failed");
                }
            }

            var syncing = Stopwatch.GetElapsedTime(start).TotalSeconds;
            start = Stopwatch.GetTimestamp();
            for (var i = 0; i < TurnCommits; i++)
            {
                log.Append(block);
            }

            var appending = Stopwatch.GetElapsedTime(start).TotalSeconds;
            ratios.Add(syncing / appending);
            rates.Add(TurnCommits * Packs * PackReadings / appending);
        }

        ratios.Sort();
        rates.Sort();
        Print($"append of {block.Length}-byte groups: {rates[Turns / 2]:0} readings/s, {ratios[Turns / 2]:0.00} x");
        Print($"  bare write + fdatasync (median of {Turns} pairs, {ratios[0]:0.00} to {ratios[^1]:0.00})");
    }

    private static Task CommitAsync(JournalLog journal)
    {
        var batch = Batch();
        journal.HandOver(batch);
        return batch.Done.Task;
    }

    private static TimedBatch Batch()
    {
        var batch = new TimedBatch();
        var now = TimeProvider.System.GetUtcNow().UtcTicks;
        for (var pack = 0; pack < Packs; pack++)
        {
            batch.Entries.BeginReadings("edge-1"u8, "1"u8, TimedBatch.Next(PackReadings), now);
            for (var i = 0; i < PackReadings; i++)
            {
                batch.Entries.AddReading(
                    new PointNumber(1 + (pack * PackReadings) + i), now - (i * TimeSpan.TicksPerSecond), 1000.5 + i,
                    Quality.Good, default);
            }

            batch.Entries.EndReadings();
        }

        return batch;
    }

    private static JournalLog Open(string path) => JournalLog.Open(
        path, new JournalOptions(), TimeProvider.System, NullLogger<JournalLog>.Instance,
        e => Console.Error.WriteLine(e.Message));

    private static long MiB(string path) => new FileInfo(path).Length >> 20;

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    [LibraryImport("libc", EntryPoint = "fdatasync")]
    private static partial int Sync(int file);

    private sealed class TimedBatch : JournalBatch
    {
        private static long Sequence = 1;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static long Next(int count) => Interlocked.Add(ref Sequence, count) - count;

        public override void OnCommitted(LogPosition position)
        {
        }

        public override void OnGroupCommitted() => Done.SetResult();

        public override void OnFailed(Exception failure) => Done.SetException(failure);
    }
}
