using Hub.Rules.Files;

namespace Hub.Rules.Site;

/// <summary>The site as people write it down; README.md beside this file has the format.</summary>
/// <param name="Info">The compound.</param>
/// <param name="Spaces">Units, lobbies and facilities.</param>
/// <param name="Points">Points declared by hand.</param>
/// <param name="Commissioning">Which others may come by themselves; the first that matches counts.</param>
/// <param name="Windows">Planned windows.</param>
public sealed record SiteFile(
    SiteInfo Info, IReadOnlyList<Space> Spaces, IReadOnlyList<DeclaredPoint> Points,
    IReadOnlyList<CommissioningPattern> Commissioning, IReadOnlyList<PlannedWindow> Windows)
{
    public static readonly SiteFile Empty = new(SiteInfo.Default, [], [], [], []);

    /// <summary>Third-party messages that are let in; none unless they are named.</summary>
    public IReadOnlyList<DeclaredAdapter> Adapters { get; init; } = [];

    /// <summary>Null unless a Home Assistant may see the hub's points.</summary>
    public HomeAssistantOutlet? HomeAssistant { get; init; }

    /// <summary>The site, or every fault of the file at once.</summary>
    /// <param name="fileName">Only for the faults.</param>
    /// <param name="text">The file's text.</param>
    public static Checked<SiteFile> Read(string fileName, string text)
    {
        var faults = new FaultList(fileName);
        return YamlText.Read(text, faults) is { } root
            ? new SiteFileReader(faults).Read(root)
            : faults.Check(() => Empty);
    }

    /// <summary>The first pattern that matches, if one does.</summary>
    public CommissioningPattern? PatternFor(string edge, string device) =>
        Commissioning.FirstOrDefault(pattern => pattern.Matches(edge, device));
}
