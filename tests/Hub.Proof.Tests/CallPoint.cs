using System.Globalization;

namespace Hub.Proof.Tests;

/// <summary>One system call of the hub's to one file of its data folder, and what strace makes of it.</summary>
/// <param name="At">The how-manieth such call of one of its threads, from 1 on: strace counts for each by itself.</param>
/// <param name="Fate">In strace's words, such as <c>error=EIO</c>.</param>
/// <param name="Stays">All such calls that follow as well.</param>
internal sealed record CallPoint(string Call, string File, int At, string Fate, bool Stays)
{
    /// <summary>What strace writes behind a call whose error is its own.</summary>
    public const string Met = "(INJECTED)";

    private const string Death = "signal=SIGKILL";

    /// <summary>128 and SIGKILL's number.</summary>
    private const int Killed = 137;

    private static readonly string[] Files =
    [
        "journal.db-wal", "journal.db", "journal.db-shm", "journal.db-journal", "hub.db-wal", "hub.db", "hub.db-journal",
        "series.db-wal", "series.db", "series.db-journal",
    ];

    private static readonly Dictionary<string, string[]> Errors = new(StringComparer.Ordinal)
    {
        ["pwrite64"] = ["EIO", "ENOSPC", "EROFS"],
        ["fsync"] = ["EIO", "ENOSPC"],
        ["fdatasync"] = ["EIO", "ENOSPC"],
        ["ftruncate"] = ["EIO", "EROFS"],
        ["unlink"] = ["EIO", "EROFS"],
        ["openat"] = ["EIO", "ENOSPC", "EROFS"],
    };

    /// <summary>Every kind of death and error at every kind of call, each at the first one.</summary>
    public static IReadOnlyList<CallPoint> Kinds { get; } =
    [
        .. from file in Files from call in Errors.Keys select new CallPoint(call, file, 1, Death, false),
        .. from file in Files from call in Errors from error in call.Value from stays in new[] { false, true }
           select new CallPoint(call.Key, file, 1, $"error={error}", stays),
    ];

    public bool IsDeath => Fate == Death;

    /// <summary>Of a file that is there only while the folder's databases are made.</summary>
    public bool IsOfBirth => File.EndsWith("-journal", StringComparison.Ordinal);

    /// <summary>Such calls come in every life, and many of them.</summary>
    public bool IsUsual => Call is "pwrite64" or "fsync" && File is "journal.db-wal" or "hub.db-wal";

    /// <summary>The words before the program's own; what it has traced goes to the log.</summary>
    public string[] Under(string strace, string folder, string log) =>
    [
        strace, "-D", "-f", "-qq", "-o", log, "-P", Path.Combine(folder, File), "-e", $"trace={Call}", "-e",
        string.Create(CultureInfo.InvariantCulture, $"inject={Call}:{Fate}:when={At}{(Stays ? "+" : "")}"),
    ];

    /// <summary>Whether the point was met, by what strace has written and how the program ended.</summary>
    public bool WasMet(string log, int? exitCode) =>
        IsDeath ? exitCode == Killed : log.Contains(Met, StringComparison.Ordinal);
}
