namespace Hub.Edge.Pins;

/// <summary>An input to watch for both edges.</summary>
/// <param name="Line">The line's number on its chip (on a Pi: the GPIO number, not the header pin).</param>
/// <param name="Debounce">The kernel's debounce; zero for none. It delays an edge by so much.</param>
public sealed record InputLine(int Line, LineBias Bias, bool ActiveLow, TimeSpan Debounce);
