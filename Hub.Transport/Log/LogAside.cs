using System.Globalization;

namespace Hub.Transport.Log;

/// <summary>
/// A damaged file on its way aside. The new file is made whole under another name before the damaged one is moved, and
/// what a power cut leaves undone is done at the next opening:
/// <code>
///   x.db.making-DATE     being written: begun again
///   x.db.made-DATE       whole: x.db-wal, -shm, x.db ─► x.db.damaged-DATE…, and itself ─► x.db
/// </code>
/// </summary>
public sealed class LogAside
{
    private static readonly string[] Parts = ["-wal", "-shm", ""];

    private readonly string _file;
    private readonly string _date;

    private LogAside(string file, string date) => (_file, _date) = (file, date);

    /// <summary>Where the damaged file will be.</summary>
    public string Path => $"{_file}.damaged-{_date}";

    /// <summary>Where the new one is made.</summary>
    public string MakingPath => $"{_file}.making-{_date}";

    /// <summary>How many have been put aside already.</summary>
    public static int CountOf(string file) =>
        Others(file, "damaged-").Count(path => !path.EndsWith("-wal", StringComparison.Ordinal)
            && !path.EndsWith("-shm", StringComparison.Ordinal));

    /// <summary>A name for the damaged file, and one for the new one; nothing is moved yet.</summary>
    public static LogAside Begin(string file, DateTimeOffset now)
    {
        foreach (var begun in Others(file, "making-"))
        {
            File.Delete(begun);
        }

        var date = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var aside = new LogAside(file, date);
        for (var i = 2; File.Exists(aside.Path); i++)
        {
            aside = new LogAside(file, $"{date}-{i}");
        }

        return aside;
    }

    /// <summary>Makes the moves of a file that is whole by now.</summary>
    public static void Finish(string file)
    {
        foreach (var made in Others(file, "made-"))
        {
            var aside = new LogAside(file, made[(file.Length + ".made-".Length)..]);
            foreach (var part in Parts.Where(part => File.Exists(file + part)))
            {
                File.Move(file + part, aside.Path + part);
            }

            File.Move(made, file);
        }
    }

    /// <summary>Says that the file must be checked in full when it is opened next.</summary>
    public static void Suspect(string file)
    {
        try
        {
            File.WriteAllBytes(SuspectPath(file), []);
        }
        catch (IOException)
        {
            // Not even room for a name: then the next opening finds out as this one did.
        }
    }

    /// <summary>Whether it has been said of the file.</summary>
    public static bool IsSuspect(string file) => File.Exists(SuspectPath(file));

    /// <summary>It has been checked.</summary>
    public static void ForgetSuspicion(string file) => File.Delete(SuspectPath(file));

    /// <summary>The new file is whole: from here on the moves are made, whatever happens in between.</summary>
    public void Complete() => File.Move(MakingPath, $"{_file}.made-{_date}");

    /// <summary>The new file came to nothing.</summary>
    public void Discard()
    {
        foreach (var part in Parts)
        {
            File.Delete(MakingPath + part);
        }
    }

    private static string SuspectPath(string file) => file + ".suspect";

    private static IEnumerable<string> Others(string file, string kind) => Directory.GetFiles(
        System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file))!,
        $"{System.IO.Path.GetFileName(file)}.{kind}*");
}
