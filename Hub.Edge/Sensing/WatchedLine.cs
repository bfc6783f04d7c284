namespace Hub.Edge.Sensing;

/// <summary>A line that is in use, and who decides about its edges.</summary>
internal sealed class WatchedLine(LineOptions options, HeldLine held, long count)
{
    public LineOptions Options => options;

    public HeldLine Held => held;

    /// <summary>What was told of it; null before the first.</summary>
    public bool? IsStuck { get; set; }

    public PulseRegister? Pulses { get; } = options.Kind == LineKind.Pulse
        ? new PulseRegister(new PulseLimits { Weight = options.PulseWeight, Start = options.Start }, count)
        : null;

    public Contact? Contact { get; } = options.Kind == LineKind.Contact
        ? new Contact(options.KernelDebounce, options.ChangesWithin)
        : null;

    public Button? Button { get; } = options.Kind == LineKind.Button ? new Button() : null;

    /// <summary>Null while nobody can say.</summary>
    public bool? IsStuckAt(long nanoseconds) => Button?.IsStuck(nanoseconds) ?? Contact?.IsStuck(nanoseconds);
}
