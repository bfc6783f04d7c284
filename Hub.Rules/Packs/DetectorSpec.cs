using Hub.Rules.Alarms;

namespace Hub.Rules.Packs;

/// <summary>What a detector is, for whoever writes a rule with it.</summary>
/// <param name="Code">W1, K1, …</param>
/// <param name="Detects">One sentence.</param>
/// <param name="Signals">The signals it reads; empty for any.</param>
/// <param name="Scope">Where it looks unless the rule says otherwise.</param>
/// <param name="OnDelay">The default on-delay.</param>
/// <param name="OffDelay">The default off-delay.</param>
/// <param name="Order">The order it asks for unless the rule says otherwise; null for a notice.</param>
/// <param name="Parameters">Its settings.</param>
public sealed record DetectorSpec(
    string Code, string Detects, IReadOnlyList<string> Signals, RuleScope Scope,
    TimeSpan OnDelay, TimeSpan OffDelay, OrderRequest? Order, IReadOnlyList<ParameterSpec> Parameters)
{
    /// <summary>It finds work to be planned, where nothing has gone wrong.</summary>
    public bool IsUpkeep { get; init; }

    public ParameterSpec? Find(string name) => Parameters.FirstOrDefault(parameter => parameter.Name == name);

    public ParameterSpec Parameter(string name) =>
        Find(name) ?? throw new KeyNotFoundException($"Detector {Code} has no parameter '{name}'.");

    /// <summary>Whether it can look at that signal.</summary>
    public bool Reads(string signal) => Signals.Count == 0 || Signals.Contains(signal);
}
