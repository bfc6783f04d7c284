using Hub.Rules.Files;
using Hub.Rules.Packs;
using Hub.Rules.Site;
using Hub.Rules.Trials;

namespace Hub.Gateway.Site;

/// <summary>
/// What a pack's file must pass beyond its own text before it takes the place of the one in force: its version is its
/// own, and the trials beside it (<c>PACK.trials</c>) hold. What is in force has passed already.
/// </summary>
internal static class PackGate
{
    private const int MissesShownMax = 20;

    /// <param name="file">The pack's file, for the faults.</param>
    /// <param name="pack">As it was read.</param>
    /// <param name="yaml">Its text.</param>
    /// <param name="trials">The text of the trials beside it; null if there are none.</param>
    /// <param name="site">What is in force.</param>
    public static IEnumerable<Fault> Faults(
        string file, RulePack pack, string yaml, string? trials, SiteSnapshot site)
    {
        if (site.PacksFromFiles.GetValueOrDefault(pack.Id)?.Yaml == yaml)
        {
            return [];
        }

        var isTaken = new[] { site.PacksFromFiles, site.Packs }.Any(packs =>
            packs.GetValueOrDefault(pack.Id) is { } known && known.Version == pack.Version && known.Yaml != yaml);
        Fault[] version = isTaken
            ?
            [
                new Fault(
                    file, 0, "version", $"{pack.Version}", "it was another text, and alarms and orders name it",
                    $"give this one version {pack.Version + 1} or higher"),
            ]
            : [];
        return trials is null ? version : version.Concat(Misses(Path.ChangeExtension(file, ".trials"), trials, pack));
    }

    private static IEnumerable<Fault> Misses(string file, string trials, RulePack pack)
    {
        var read = TrialFile.Read(file, trials, pack);
        return read.Faults.Concat(read.Value?.Trials
            .SelectMany(trial => TrialRun.Misses(pack, trial)).Take(MissesShownMax)
            .Select(miss => new Fault(
                file, miss.Line, "", "", $"{miss.Trial}: expected {miss.Expected}; there was {miss.Said}",
                "mend the pack, or the trial")) ?? []);
    }
}
