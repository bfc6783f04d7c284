using Hub.Gateway.Site;
using Hub.Gateway.Watch;
using Hub.Rules.Files;
using Hub.Rules.Packs;
using Hub.Rules.Site;

namespace Hub.Gateway.Rulebook;

/// <summary>
/// A pack's life on a running hub: checked against the site, tested, run dry beside the live ones, activated, rolled
/// back. Each activation is journalled with its whole text, so the one before can always be had again.
/// </summary>
public sealed class PackLife(SiteBook book, DryRun dryRun)
{
    /// <summary>The pack, checked against the site and the other active packs; or every fault of it.</summary>
    /// <param name="name">The file's name, for the faults.</param>
    /// <param name="yaml">The text.</param>
    public Checked<RulePack> Check(string name, string yaml)
    {
        var around = PackSurroundings.Of(book.Current, book.File.Commissioning);
        var id = RulePackFile.IdOf(yaml);
        foreach (var active in book.Current.Packs.Values.Where(active => active.PackId != id))
        {
            if (RulePackFile.Read(active.PackId, active.Yaml).Value is { } other)
            {
                around = around.With(other, $"active pack {active.PackId}");
            }
        }

        return RulePackFile.Read(name, yaml, around);
    }

    /// <summary>Puts a pack in force, or runs it dry beside the live ones. Null if that is done.</summary>
    /// <param name="name">The file's name, for the faults.</param>
    /// <param name="yaml">The text.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="isUntested">Said explicitly: without a backtest of this text.</param>
    /// <param name="isDry">Only beside the live ones, without orders.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public async Task<PackRefusal?> ActivateAsync(
        string name, string yaml, string by, bool isUntested, bool isDry, CancellationToken cancel)
    {
        var read = Check(name, yaml);
        if (read.Value is not { } pack)
        {
            return PackRefusal.Faulty(read.Faults);
        }

        if (await VersionTakenAsync(pack, yaml, cancel) is { } taken)
        {
            return taken;
        }

        if (isDry)
        {
            dryRun.Begin(new SiteChange.RulesActivated(pack.Id, pack.Version, yaml, by));
            return null;
        }

        if (!isUntested && !book.Current.TestedTexts.Contains(PackText.HashOf(yaml)))
        {
            return PackRefusal.Conflict(
                $"Version {pack.Version} of {pack.Id} has not been through a backtest here. "
                + "Run 'rules test' on this very file first, or say --untested.");
        }

        await book.ChangeAsync(new SiteChange.RulesActivated(pack.Id, pack.Version, yaml, by), cancel);
        dryRun.EndOf(pack.Id);
        return null;
    }

    /// <summary>Puts the text before the one in force back in force; null and its version if that is done.</summary>
    public async Task<(PackRefusal? Refusal, int Version)> RollBackAsync(
        string packId, string by, CancellationToken cancel)
    {
        if (!book.Current.Packs.TryGetValue(packId, out var active))
        {
            return (PackRefusal.NotFound($"No pack {packId} is active."), 0);
        }

        if (Before(await book.ActivationsAsync(cancel), active) is not { } before)
        {
            return (PackRefusal.Conflict($"{packId} version {active.Version} is the first there ever was here."), 0);
        }

        await book.ChangeAsync(before with { By = by }, cancel);
        return (null, before.Version);
    }

    /// <summary>The active packs, since when, and what a rollback would bring back.</summary>
    public async Task<IReadOnlyList<PackAnswer>> ListAsync(CancellationToken cancel)
    {
        var all = await book.ActivationsAsync(cancel);
        return
        [
            .. from active in book.Current.Packs.Values
               let since = all.LastOrDefault(one => one.Pack == active)
               let rules = RulePackFile.Read(active.PackId, active.Yaml).Value?.Rules ?? []
               select new PackAnswer(
                   active.PackId, active.Version, since?.At, active.By, Before(all, active)?.Version,
                   book.Current.TestedTexts.Contains(PackText.HashOf(active.Yaml)),
                   [.. rules.Select(rule => new PackRuleAnswer(rule.Id, rule.Detector, rule.Why ?? ""))]),
        ];
    }

    /// <summary>One version's number stands for one text: alarms and orders name it.</summary>
    private async Task<PackRefusal?> VersionTakenAsync(RulePack pack, string yaml, CancellationToken cancel)
    {
        if (book.Current.Packs.GetValueOrDefault(pack.Id) is { } active && active.Yaml == yaml)
        {
            return PackRefusal.Conflict($"This very text is in force as version {pack.Version} of {pack.Id} already.");
        }

        var all = await book.ActivationsAsync(cancel);
        var same = all.Where(one => one.Pack.PackId == pack.Id && one.Pack.Version == pack.Version);
        return same.Any(one => one.Pack.Yaml != yaml)
            ? PackRefusal.Conflict(
                $"Version {pack.Version} of {pack.Id} was another text; give this one "
                + $"version {all.Where(one => one.Pack.PackId == pack.Id).Max(one => one.Pack.Version) + 1}.")
            : null;
    }

    private static SiteChange.RulesActivated? Before(
        IReadOnlyList<PackActivation> all, SiteChange.RulesActivated active) => all
        .Where(one => one.Pack.PackId == active.PackId).Reverse()
        .SkipWhile(one => one.Pack.Yaml != active.Yaml).SkipWhile(one => one.Pack.Yaml == active.Yaml)
        .FirstOrDefault()?.Pack;
}
