using System.IO.Enumeration;

namespace Hub.Edge.Sysfs;

/// <summary>Finds the one file of a pattern, or says what is there instead.</summary>
public static class SensorFinder
{
    private const int NamesShownMax = 8;

    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>The file, or why there is none; one of the two is null.</summary>
    public static (string? Path, string? Fault) Find(string pattern, string? chip)
    {
        var folders = new List<string> { "/" };
        foreach (var level in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var deeper = folders.SelectMany(folder => Matching(folder, level)).ToList();
            if (deeper.Count == 0)
            {
                return (null, $"Nothing matches '{level}'; {There(folders)}.");
            }

            folders = deeper;
        }

        var files = chip is null ? folders : folders.FindAll(file => ChipOf(file) == chip);
        return files switch
        {
            [var file] => (file, null),
            [] => (null, $"No chip here calls itself '{chip}'; there are {Listed(folders.Select(Described))}."),
            _ => (null, $"{files.Count} files match, and one must: {Listed(files.Select(Described))}."),
        };
    }

    private static IEnumerable<string> Matching(string folder, string level) => level.IndexOfAny(Wildcards) < 0
        ? new[] { Path.Combine(folder, level) }.Where(Path.Exists)
        : Entries(folder).Where(entry => FileSystemName.MatchesSimpleExpression(level, entry, ignoreCase: false))
            .Select(entry => Path.Combine(folder, entry));

    private static string There(List<string> folders)
    {
        var there = folders.SelectMany(Entries).Distinct().ToList();
        return there.Count > 0 ? $"in {folders[0]} there are {Listed(there)}" : $"{folders[0]} is empty";
    }

    private static string Listed(IEnumerable<string> names)
    {
        var all = names.Order(StringComparer.Ordinal).ToList();
        var shown = string.Join(", ", all.Take(NamesShownMax));
        return all.Count > NamesShownMax ? $"{shown} and {all.Count - NamesShownMax} more" : shown;
    }

    private static string Described(string file) => ChipOf(file) is { } chip ? $"{file} ({chip})" : file;

    private static string? ChipOf(string file)
    {
        var name = Path.Combine(Path.GetDirectoryName(file) ?? "/", "name");
        return SensorFile.TryRead(name, out var text, out _) ? text : null;
    }

    private static IEnumerable<string> Entries(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().Select(entry => entry.Name)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // Not a folder, gone meanwhile, or not ours to see: nothing is there for us.
        }
    }
}
