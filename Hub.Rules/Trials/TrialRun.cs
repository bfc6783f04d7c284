using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Packs;

namespace Hub.Rules.Trials;

/// <summary>Runs a pack's trials through the engine itself; the hub's clock ticks every five minutes.</summary>
public static class TrialRun
{
    private const string Nothing = "nothing";
    private static readonly TimeSpan TickEvery = TimeSpan.FromMinutes(5);

    /// <summary>Time for what waits to be put in order, and for delays that end with the last row.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Where the trial and the rules disagree; empty if they don't.</summary>
    public static IReadOnlyList<TrialMiss> Misses(RulePack pack, Trial trial)
    {
        var said = Run(pack, trial).Select(transition => (transition.At, Words: WordsOf(transition))).ToList();
        var misses = new List<TrialMiss>();
        var from = DateTimeOffset.MinValue;
        foreach (var expected in trial.Expected)
        {
            var window = said.Where(one => one.At > from && one.At <= expected.At).ToList();
            var isSame = window.Select(one => one.Words).Order(StringComparer.Ordinal)
                .SequenceEqual(expected.Words.Order(StringComparer.Ordinal));
            if (!isSame)
            {
                misses.Add(new TrialMiss(
                    trial.Name, expected.Line, expected.At, Say(expected.Words), SayAll(window)));
            }

            from = expected.At;
        }

        if (said.Where(one => one.At > from).ToList() is { Count: > 0 } rest)
        {
            misses.Add(new TrialMiss(trial.Name, trial.Line, rest[^1].At, Nothing, SayAll(rest)));
        }

        return misses;
    }

    /// <summary>Every transition, as the engine gives them.</summary>
    public static IReadOnlyList<AlarmTransition> Run(RulePack pack, Trial trial)
    {
        var rules = pack.Rules.Where(rule => trial.Only.Count == 0 || trial.Only.Contains(rule.Id));
        var engine = new RulesEngine(RuleSet.From(pack with { Rules = [.. rules] }));
        var transitions = new List<AlarmTransition>();
        foreach (var change in trial.Site)
        {
            transitions.AddRange(engine.Step(change));
        }

        var clock = trial.Steps.Count == 0 ? Trial.Day : trial.Steps[0].At;
        foreach (var step in trial.Steps)
        {
            PassTo(step.At);
            if (step.Entry is { } entry)
            {
                transitions.AddRange(engine.Step(entry));
            }
        }

        PassTo(clock + TickEvery + Grace);
        return transitions;

        void PassTo(DateTimeOffset at)
        {
            while (clock + TickEvery <= at)
            {
                clock += TickEvery;
                transitions.AddRange(engine.Step(new Entry.Tick(clock)));
            }
        }
    }

    private static string WordsOf(AlarmTransition transition) => transition switch
    {
        AlarmTransition.Raised { Order: null } => $"noticed {transition.RuleId}",
        AlarmTransition.Raised => $"raised {transition.RuleId}",
        AlarmTransition.Cleared => $"cleared {transition.RuleId}",
        AlarmTransition.Withdrawn => $"withdrawn {transition.RuleId}",
        _ => $"{transition.GetType().Name} {transition.RuleId}",
    };

    private static string Say(IReadOnlyList<string> words) => words.Count == 0 ? Nothing : string.Join(", ", words);

    private static string SayAll(IReadOnlyList<(DateTimeOffset At, string Words)> said) => said.Count == 0
        ? Nothing
        : string.Join(", ", said.Select(one => $"{one.Words} at {Trial.Say(one.At)}"));
}
