using Hub.Rules.Files;
using Hub.Rules.Site;

namespace Hub.Gateway.Site;

/// <summary>The files that people write for a hub, read and checked: the site file and the rule packs.</summary>
/// <param name="Site">The site file; empty without one.</param>
/// <param name="Packs">The rule packs, each with its whole text.</param>
public sealed record SiteFolder(SiteFile Site, IReadOnlyList<SiteChange.RulesActivated> Packs)
{
    /// <summary>Everything the options name, or every fault of all files at once.</summary>
    /// <exception cref="FaultyFilesException">A file is wrong or can't be read.</exception>
    public static SiteFolder Read(HubOptions options)
    {
        var faults = new List<Fault>();
        var site = options.SiteFile is { } path && ReadText(path, faults) is { } text
            ? Take(SiteFile.Read(path, text), faults) ?? SiteFile.Empty
            : SiteFile.Empty;
        return faults.Count == 0 ? new SiteFolder(site, []) : throw new FaultyFilesException(faults);
    }

    private static T? Take<T>(Checked<T> read, List<Fault> faults)
        where T : class
    {
        faults.AddRange(read.Faults);
        return read.Value;
    }

    private static string? ReadText(string path, List<Fault> faults)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(new Fault(path, 0, "", "", $"the file can't be read ({e.Message})", "check its name and its rights"));
            return null;
        }
    }
}
