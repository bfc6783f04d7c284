using System.Diagnostics.CodeAnalysis;

namespace Hub.Rules.Files;

/// <summary>What a file says, or everything that is wrong with it: never half of it.</summary>
/// <param name="Value">The value; null if there is any fault.</param>
/// <param name="Faults">All faults, by line.</param>
public sealed record Checked<T>(T? Value, IReadOnlyList<Fault> Faults)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsGood => Value is not null;

    /// <summary>The faults, one a line; empty if it is good.</summary>
    public override string ToString() => string.Join('\n', Faults);
}
