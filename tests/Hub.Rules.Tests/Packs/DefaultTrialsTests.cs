using Hub.Rules.Packs;
using Hub.Rules.Trials;

namespace Hub.Rules.Tests.Packs;

/// <summary>The trials that stand beside the packs a hub starts with.</summary>
public class DefaultTrialsTests
{
    public static TheoryData<string, string> Trials =>
        [.. from pack in DefaultPacks.All from trial in Of(pack) select (pack.Id, trial.Name)];

    [Theory]
    [MemberData(nameof(Trials))]
    public void A_pack_says_what_its_trial_expects_and_nothing_else(string packId, string name)
    {
        var pack = DefaultPacks.All.First(one => one.Id == packId);
        var trial = Of(pack).Single(one => one.Name == name);

        Assert.Empty(TrialRun.Misses(pack, trial));
    }

    [Fact]
    public void Every_default_rule_has_a_trial_in_which_it_speaks_and_one_time_at_which_it_must_not()
    {
        var without = from pack in DefaultPacks.All
                      let trials = Of(pack).ToList()
                      from rule in pack.Rules
                      where rule.Detector != "K1"
                      where !trials.Any(trial => Expects(trial, rule.Id))
                          || !trials.Any(trial => IsQuiet(trial, rule.Id))
                      select $"{rule.Id}: write a trial for it in Hub.Rules/Packs/Default/{pack.Id}.trials";

        Assert.Empty(without);
    }

    private static bool Expects(Trial trial, string rule) => trial.Expected.Any(
        one => one.Words.Contains($"raised {rule}") || one.Words.Contains($"noticed {rule}"));

    private static bool IsQuiet(Trial trial, string rule) =>
        trial.Expected.Any(one => one.Words.All(words => !words.EndsWith($"ed {rule}", StringComparison.Ordinal)));

    private static IReadOnlyList<Trial> Of(RulePack pack)
    {
        var read = TrialFile.Read($"{pack.Id}.trials", DefaultPacks.TrialsOf(pack.Id), pack);
        return read.Value?.Trials ?? throw new InvalidOperationException(read.ToString());
    }
}
