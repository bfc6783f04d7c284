namespace Hub.Edge.Sensing;

/// <summary>A line that is in use, and who decides about its edges.</summary>
internal sealed class WatchedLine(LineOptions options, HeldLine held, long count)
{
    public LineOptions Options => options;

    public HeldLine Held => held;

    /// <summary>What was told of it; null before the first.</summary>
    public LineFault? Fault { get; set; }

    /// <summary>A line that broke has no level and counts nothing: its last word is no reading.</summary>
    public bool IsBroken => held.Pin.IsBroken;

    public PulseRegister? Pulses { get; } = options.Kind == LineKind.Pulse
        ? new PulseRegister(new PulseLimits { Weight = options.PulseWeight, Start = options.Start }, count)
        : null;

    public Contact? Contact { get; } = options.Kind == LineKind.Contact
        ? new Contact(options.KernelDebounce, options.ChangesWithin)
        : null;

    public Button? Button { get; } = options.Kind == LineKind.Button ? new Button() : null;

    /// <summary>Null while nobody can say.</summary>
    public LineFault? FaultAt(long nanoseconds) => IsBroken
        ? LineFault.Broken
        : (Button?.IsStuck(nanoseconds) ?? Contact?.IsStuck(nanoseconds)) switch
        {
            true => LineFault.Stuck,
            false => LineFault.None,
            null => null,
        };
}
