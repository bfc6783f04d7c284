using Hub.Rules.Engine;
using Hub.Rules.Files;
using Hub.Rules.Packs;
using Hub.Rules.Site;

namespace Hub.Gateway.Site;

/// <summary>The files that people write for a hub, read and checked: the site file and the rule packs.</summary>
/// <param name="Site">The site file; empty without one.</param>
/// <param name="Packs">The rule packs, each with its whole text.</param>
public sealed record SiteFolder(SiteFile Site, IReadOnlyList<SiteChange.RulesActivated> Packs)
{
    private const int PackFilesMax = 200;

    /// <summary>Everything the options name, or every fault of all files at once.</summary>
    /// <param name="options">Which files.</param>
    /// <param name="known">The site as it is: packs that are new to it go through the gate.</param>
    /// <exception cref="FaultyFilesException">A file is wrong or can't be read.</exception>
    public static SiteFolder Read(HubOptions options, SiteSnapshot known)
    {
        var faults = new List<Fault>();
        var site = ReadSite(options.SiteFile, faults);
        var packs = options.RulesFolder is { } folder
            ? ReadPacks(folder, PackSurroundings.Of(site), known, faults)
            : DefaultPacksAsChanges();
        return faults.Count == 0 ? new SiteFolder(site, packs) : throw new FaultyFilesException(faults);
    }

    /// <summary>The site file; an empty one without, or if it is wrong.</summary>
    /// <param name="path">Where it is; null for none.</param>
    /// <param name="faults">What is wrong with it goes here.</param>
    public static SiteFile ReadSite(string? path, List<Fault> faults) =>
        path is not null && ReadText(path, faults) is { } text
            ? Take(SiteFile.Read(path, text), faults) ?? SiteFile.Empty
            : SiteFile.Empty;

    /// <summary>
    /// Where the packs that come with the hub are blind: they aren't refused for it, or a hub with one coarse meter
    /// would not start; each is said, and a pack of the site's own cures it.
    /// </summary>
    public IReadOnlyList<PackFinding> BlindSpots() =>
        [.. DefaultPacks.All.Where(IsActive).SelectMany(pack => PackCheck.Against(pack, Site))];

    private bool IsActive(RulePack pack) =>
        Packs.Any(active => active.PackId == pack.Id && active.Yaml == DefaultPacks.YamlOf(pack.Id));

    /// <summary>The rules of a folder, or the ones that come with the hub.</summary>
    /// <exception cref="FaultyFilesException">A pack is wrong or can't be read.</exception>
    public static RuleSet ReadRules(string? folder)
    {
        if (folder is null)
        {
            return RuleSet.From(DefaultPacks.All);
        }

        var faults = new List<Fault>();
        var packs = ReadPacks(folder, PackSurroundings.None, SiteSnapshot.Empty, faults);
        return faults.Count == 0
            ? RuleSet.From(packs.Select(pack => RulePackFile.Read(pack.PackId, pack.Yaml).Value!))
            : throw new FaultyFilesException(faults);
    }

    private static List<SiteChange.RulesActivated> ReadPacks(
        string folder, PackSurroundings around, SiteSnapshot known, List<Fault> faults)
    {
        var packs = new List<SiteChange.RulesActivated>();
        if (!Directory.Exists(folder))
        {
            faults.Add(new Fault(
                folder, 0, "", "", "the folder of rule packs isn't there", "make it, or leave --rules out"));
            return packs;
        }

        var files = Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal).ToList();
        if (files.Count is 0 or > PackFilesMax)
        {
            faults.Add(new Fault(
                folder, 0, "", "", $"it holds {files.Count} rule packs (*.yaml); 1 to {PackFilesMax} are needed", ""));
            return packs;
        }

        foreach (var file in files)
        {
            if (ReadText(file, faults) is { } text && Take(RulePackFile.Read(file, text, around), faults) is { } pack)
            {
                var trials = Path.ChangeExtension(file, ".trials");
                faults.AddRange(PackGate.Faults(
                    file, pack, text, File.Exists(trials) ? ReadText(trials, faults) : null, known));
                packs.Add(new SiteChange.RulesActivated(pack.Id, pack.Version, text));
                around = around.With(pack, file);
            }
        }

        return packs;
    }

    private static List<SiteChange.RulesActivated> DefaultPacksAsChanges() =>
    [
        .. DefaultPacks.All.Select(
            pack => new SiteChange.RulesActivated(pack.Id, pack.Version, DefaultPacks.YamlOf(pack.Id))),
    ];

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
            faults.Add(new Fault(
                path, 0, "", "", $"the file can't be read ({e.Message})", "check its name and its rights"));
            return null;
        }
    }
}
