namespace Hub.Edge.Pins;

/// <summary>How a line is used: an input that is watched for both edges, or an output.</summary>
/// <param name="Bias">The resistor of an input.</param>
/// <param name="Debounce">The kernel's debounce of an input; zero for none. It delays an edge by so much.</param>
public sealed record LineSettings(LineBias Bias, bool ActiveLow, TimeSpan Debounce, bool IsOutput = false)
{
    public static LineSettings Output(bool activeLow) =>
        new(LineBias.AsIs, activeLow, TimeSpan.Zero, IsOutput: true);
}
