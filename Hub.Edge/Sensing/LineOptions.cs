using Hub.Edge.Pins;

namespace Hub.Edge.Sensing;

/// <summary>One line of a chip: what hangs on it, and as which device and signal it is told.</summary>
public sealed record LineOptions
{
    /// <summary>The chip by path or label.</summary>
    public string Chip { get; init; } = "gpiochip0";

    /// <summary>The line's number on the chip (GPIO number).</summary>
    public required int Line { get; init; }

    public required LineKind Kind { get; init; }

    /// <summary>The edge-local device, such as <c>b1-e2-0301</c> or <c>lobby</c>; empty for the edge itself.</summary>
    public required string Device { get; init; }

    /// <summary>Such as <c>water.volume</c>; for a lamp its colour: white, amber, green or red.</summary>
    public required string Signal { get; init; }

    /// <summary>Amount per pulse, in the signal's unit.</summary>
    public double PulseWeight { get; init; } = 1;

    /// <summary>What the meter showed when the counting began, in the signal's unit.</summary>
    public double Start { get; init; }

    public LineBias Bias { get; init; } = LineBias.AsIs;

    public bool ActiveLow { get; init; }

    /// <summary>
    /// The kernel's debounce. Contacts take 50 ms and buttons 10 ms where nothing is set; pulses none: the kernel looks
    /// again when the time is over, and where it is late (a busy machine) a whole pulse is gone without a trace. What
    /// bounces is told from a pulse by the stamps that the kernel gives in the interrupt (<see cref="PulseRegister"/>).
    /// </summary>
    public TimeSpan? Debounce { get; init; }

    /// <summary>
    /// A contact that is expected to change at least once in that time (a lobby's door) and doesn't is a fault; null
    /// where it may rest for months (a vacant flat's).
    /// </summary>
    public TimeSpan? ChangesWithin { get; init; }

    internal string Key => $"{Device}/{Signal}";

    /// <summary>Several buzzers of a device are one.</summary>
    internal bool IsPoint => Kind is not LineKind.Buzzer;

    /// <summary>What the kernel has to know of it.</summary>
    internal LineSettings Settings => Kind is LineKind.Lamp or LineKind.Buzzer
        ? LineSettings.Output(ActiveLow)
        : new LineSettings(Bias, ActiveLow, KernelDebounce);

    internal TimeSpan KernelDebounce => Debounce ?? TimeSpan.FromMilliseconds(Kind switch
    {
        LineKind.Contact => 50,
        LineKind.Button => 10,
        _ => 0,
    });
}
