using System.Collections.Concurrent;
using Hub.Transport.Log;

namespace Hub.Gateway.Storage;

/// <summary>How whole the hub's databases are: what this start has found, and what a check has found since.</summary>
public sealed partial class DatabaseBook(HubOptions options, TimeProvider time, ILogger<DatabaseBook> logger)
{
    private readonly ConcurrentDictionary<string, string> _faults = [];
    private readonly RecoveryLedger _ledger = new(options.DataFolder);
    private int _recovered;

    /// <summary>Something of them is damaged, or was at this start.</summary>
    public bool IsDamaged => Volatile.Read(ref _recovered) > 0 || !_faults.IsEmpty;

    /// <summary>Files that a check has found damaged, and how; they are made anew at the next start.</summary>
    public IReadOnlyDictionary<string, string> Faults => _faults;

    /// <summary>Recoveries of this start and those before it, the newest first.</summary>
    public IReadOnlyList<DatabaseRecovery> Recoveries => _ledger.Read();

    /// <summary>Before anybody opens that file: looks at it, and puts a damaged one aside.</summary>
    /// <param name="rescue">The file's.</param>
    /// <param name="isExpected">It has been there before.</param>
    public void Open(DatabaseRescue rescue, bool isExpected)
    {
        if (rescue.Run(isExpected, time.GetUtcNow()) is { } recovery)
        {
            Interlocked.Increment(ref _recovered);
            Recovered(
                logger, recovery.File, recovery.Fault, recovery.PutAside ?? "–", recovery.RowsKept,
                recovery.IsComplete ? "none" : string.Join(", ", recovery.Incomplete));
            foreach (var span in recovery.Spans)
            {
                SpanGone(logger, span.Point, span.From, span.To);
            }
        }
    }

    /// <summary>Reads a file's every page while it is in use.</summary>
    public void Check(string path)
    {
        if (File.Exists(path) && SqliteFile.FaultInUse(path) is { } fault
            && _faults.TryAdd(Path.GetFileName(path), fault))
        {
            // A large file is then checked in full at the next start.
            LogAside.Suspect(path);
            Damaged(logger, path, fault);
        }
    }

    [LoggerMessage(
        3951, LogLevel.Critical,
        "{File} was damaged ({Fault}) and is put aside as {Aside}. {Rows} rows that can be read are in the new one; "
        + "rows are gone of: {Tables}.")]
    private static partial void Recovered(
        ILogger logger, string file, string fault, string aside, long rows, string tables);

    [LoggerMessage(3952, LogLevel.Critical, "The readings of {Point} from {From} to {To} are gone from the history.")]
    private static partial void SpanGone(ILogger logger, string point, DateTimeOffset from, DateTimeOffset to);

    [LoggerMessage(
        3953, LogLevel.Critical,
        "{Path} is damaged ({Fault}). What can be read of it will be in a new file after the next start.")]
    private static partial void Damaged(ILogger logger, string path, string fault);
}
