using Hub.Rules.Files;

namespace Hub.Rules.Packs;

/// <summary>
/// What is wrong with a rule although each line of it can be read: settings and delays that contradict each other, a
/// scope in which there is nothing, a threshold below what the site's meters can show.
/// </summary>
internal sealed class RuleFit(PackSurroundings around)
{
    /// <summary>The engine has these: they see more than one point's readings, and judge as things happen.</summary>
    private static readonly string[] WithoutDelays = ["K1", "H1", "X1"];

    /// <summary>Whether another pack's rule has its id.</summary>
    public void CheckId(Rule rule, MapReader written)
    {
        if (around.RuleIds.TryGetValue(rule.Id, out var where))
        {
            written.Refuse(
                "id", $"a rule's id is unique among the active packs, and {where} has this one", "give it another id");
        }
    }

    /// <summary>Whether what is written fits together; only where all of it could be read.</summary>
    public void Check(Rule rule, MapReader written, MapReader? scope, MapReader? parameters)
    {
        CheckDelays(rule, written);
        CheckRelations(rule, written, parameters);
        if (scope is not null && IsEmpty(rule.Scope))
        {
            written.Refuse(
                "scope", "together these lines match no space of the site, so the rule would watch nothing",
                "take one of the lines out");
        }

        CheckResolution(rule, written, parameters);
    }

    private static void CheckDelays(Rule rule, MapReader written)
    {
        foreach (var (key, delay) in new[] { ("onDelay", rule.OnDelay), ("offDelay", rule.OffDelay) })
        {
            if (delay > TimeSpan.Zero && WithoutDelays.Contains(rule.Detector))
            {
                written.Refuse(key, $"detector {rule.Detector} has no delays: it speaks when it happens", "remove it");
            }
        }

        if (rule.Detector == "W1" && rule.Parameter("repeat-for") > rule.OffDelay.TotalSeconds)
        {
            written.Refuse(
                written.Has("offDelay") ? "offDelay" : "parameters",
                "the alarm would be over before 'repeat-for' has passed, and never become an order",
                "make 'offDelay' longer than 'repeat-for'");
        }
    }

    private static void CheckRelations(Rule rule, MapReader written, MapReader? parameters)
    {
        foreach (var (lesser, greater, why) in ParameterRelation.Of(rule.Detector))
        {
            if (rule.Parameter(lesser) > rule.Parameter(greater))
            {
                var (place, key) = Place(written, parameters, lesser, greater);
                place.Refuse(
                    key,
                    $"'{lesser}' ({Say(rule, lesser)}) may not be more than '{greater}' ({Say(rule, greater)}): {why}",
                    $"lower '{lesser}' or raise '{greater}'");
            }
        }
    }

    private void CheckResolution(Rule rule, MapReader written, MapReader? parameters)
    {
        foreach (var blind in PackCheck.Against(rule, around).GroupBy(finding => finding.Parameter))
        {
            var (first, more) = (blind.First(), blind.Count() - 1);
            var (place, key) = Place(written, parameters, blind.Key);
            var others = more == 0 ? "" : $"; {more} more meters are as coarse";
            place.Refuse(key, $"on {first.Point} {first.Why}{others}");
        }
    }

    private bool IsEmpty(RuleScope scope) =>
        around.NamesFor("spaces") is not null
        && (scope.Buildings.Count > 0 || scope.Spaces.Count > 0 || scope.Tags.Count > 0)
        && !around.Spaces.Any(scope.Covers);

    /// <summary>Where one of the settings is written; the rule itself if all of them are defaults.</summary>
    private static (MapReader Place, string Key) Place(
        MapReader written, MapReader? parameters, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (parameters is not null && parameters.Has(name))
            {
                return (parameters, name);
            }
        }

        return (written, written.Has("parameters") ? "parameters" : "detector");
    }

    private static string Say(Rule rule, string parameter)
    {
        var spec = DetectorCatalogue.Of(rule.Detector).Parameter(parameter);
        return Amount.Say(rule.Parameter(parameter), PackWords.UnitOf(spec.Dimension));
    }
}
