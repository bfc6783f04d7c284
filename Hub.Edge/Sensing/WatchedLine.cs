namespace Hub.Edge.Sensing;

/// <summary>An input line, and who decides about its edges.</summary>
internal sealed class WatchedLine(LineOptions line, long count)
{
    public LineOptions Line => line;

    public bool IsStuck { get; set; }

    public PulseRegister? Pulses { get; } = line.Kind == LineKind.Pulse
        ? new PulseRegister(new PulseLimits { Weight = line.PulseWeight, Start = line.Start }, count)
        : null;

    public Contact? Contact { get; } = line.Kind == LineKind.Contact
        ? new Contact(line.KernelDebounce, line.ChangesWithin)
        : null;

    public Button? Button { get; } = line.Kind == LineKind.Button ? new Button() : null;

    public bool IsStuckAt(long nanoseconds) =>
        Button?.IsStuck(nanoseconds) ?? Contact?.IsStuck(nanoseconds) ?? false;
}
