namespace Hub.Rules.Packs;

/// <summary>A set of rules that is activated, versioned and tested as one.</summary>
/// <param name="Id">The pack's id, such as <c>vacant-homes</c>.</param>
/// <param name="Version">Counts up; every alarm and order names the version that raised it.</param>
/// <param name="Rules">The rules; their ids are unique in a <c>RuleSet</c>.</param>
public sealed record RulePack(string Id, int Version, IReadOnlyList<Rule> Rules);
