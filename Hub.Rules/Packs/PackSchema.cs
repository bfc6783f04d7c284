using System.Text.Json.Nodes;
using Hub.Rules.Files;
using Hub.Rules.Site;

namespace Hub.Rules.Packs;

/// <summary>
/// The JSON Schema (2020-12) of a rule pack, from the detectors' catalogue, so that an editor completes and explains a
/// pack while it is written. What a schema can't say (limits in whatever unit) is left to <see cref="RulePackFile"/>.
/// </summary>
public static class PackSchema
{
    /// <summary>Where it is kept beside this file; a test holds the two together.</summary>
    public const string FileName = "rule-pack.schema.json";

    public static string Json() => JsonText.Of(JsonText.Root(
        "A rule pack of BuildingHub",
        JsonText.Map("A set of rules that is activated, versioned and tested as one.", ["id", "version", "rules"],
            ("id", JsonText.Id("The pack's id.")),
            ("version", JsonText.Whole("Counts up; every alarm and order names the version that raised it.", 1)),
            ("about", JsonText.Text("What the pack is for.")),
            ("rules", JsonText.List("Its rules.", Rule())))));

    private static JsonObject Rule()
    {
        var rule = JsonText.Map(
            "A detector, where it looks, how it is set, and what it asks for.", ["id", "detector", "why"],
            ("id", JsonText.Id("Unique among the active packs.")),
            ("detector", JsonText.Words("What to look for.", DetectorCatalogue.All.Select(spec => spec.Code))),
            ("why", JsonText.Text("Why this rule exists, and where its thresholds come from.")),
            ("scope", Scope()),
            ("parameters", JsonText.AnyMap("The detector's settings; what is left out has its default.")),
            ("onDelay", Amount("How long the condition must hold before it is raised.", "s")),
            ("offDelay", Amount("How long it must be gone before it is cleared.", "s")),
            ("order", Order()),
            ("says", JsonText.Map(
                "The sentence in the rule's own words, in all five languages; its places are the detector's.",
                [.. SiteInfo.Languages], [.. SiteInfo.Languages.Select(language => (language, JsonText.Text("")))])));
        rule["allOf"] = new JsonArray([.. DetectorCatalogue.All.Select(Settings)]);
        return rule;
    }

    private static JsonObject Settings(DetectorSpec spec) => new()
    {
        ["if"] = new JsonObject
        {
            ["properties"] = new JsonObject { ["detector"] = new JsonObject { ["const"] = spec.Code } },
        },
        ["then"] = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["detector"] = new JsonObject { ["description"] = spec.Detects },
                ["parameters"] = JsonText.Map(spec.Detects, [], [.. spec.Parameters.Select(Setting)]),
            },
        },
    };

    private static (string, JsonObject) Setting(ParameterSpec parameter)
    {
        var unit = PackWords.UnitOf(parameter.Dimension);
        var limits = $"{Say(parameter.Default)}; from {Say(parameter.Min)} to {Say(parameter.Max)}";
        var schema = parameter.Dimension is Dimension.SignalValue or Dimension.SignalDifference
            ? JsonText.Text($"{parameter.Meaning} {limits}, in the signal's unit.")
            : Amount($"{parameter.Meaning} {limits}.", unit);
        return (parameter.Name, schema);

        string Say(double value) => double.IsInfinity(value) ? "none" : Files.Amount.Say(value, unit);
    }

    private static JsonObject Scope() => JsonText.Map(
        "Where the rule looks; what is left out stays as the detector has it.", [],
        ("kinds", JsonText.List("Kinds of space.", JsonText.Words("", PackWords.Kinds.Keys))),
        ("occupancy", JsonText.Words("Whether anybody lives there.", PackWords.Occupancies.Keys)),
        ("buildings", JsonText.List("Building ids.", JsonText.Text(""))),
        ("spaces", JsonText.List("Space ids, with * and ?.", JsonText.Text(""))),
        ("tags", JsonText.List("Words of which a space carries one at least.", JsonText.Text(""))),
        ("devices", JsonText.List("Site-wide device ids, with * and ?.", JsonText.Text(""))),
        ("signals", JsonText.List("Signal names, with * and ?.", JsonText.Text(""))));

    private static JsonObject Order() => new()
    {
        ["description"] = $"The work order it asks for; '{PackWords.NoOrder}' for a mere notice.",
        ["anyOf"] = new JsonArray(
            new JsonObject { ["const"] = PackWords.NoOrder },
            JsonText.Map("", [],
                ("kind", JsonText.Words("What kind of work.", PackWords.OrderKinds)),
                ("symptom", JsonText.Id("With the space, the key of the one open order.")),
                ("priority", JsonText.Words("How soon.", PackWords.Priorities.Keys)),
                ("audience", JsonText.Words("Whose.", PackWords.Audiences)))),
    };

    private static JsonObject Amount(string meaning, string unit) => JsonText.Amount(meaning, unit);
}
