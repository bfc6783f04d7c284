using System.Runtime.InteropServices;

namespace Hub.Rules.Detectors;

/// <summary>What a detector says at one instant.</summary>
/// <param name="Truth">Whether its condition holds.</param>
/// <param name="OnsetTicks">Since when, if it does.</param>
/// <param name="IsOrderDue">False for the first, mild stage of a condition that only later asks for its order.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Verdict(Truth Truth, long OnsetTicks = 0, bool IsOrderDue = true)
{
    public static readonly Verdict Unknown;

    public static readonly Verdict False = new(Truth.False);

    public static Verdict TrueSince(long onsetTicks, bool isOrderDue = true) => new(Truth.True, onsetTicks, isOrderDue);
}
