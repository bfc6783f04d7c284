namespace Hub.Edge.Pins;

/// <summary>
/// One GPIO chip: the seam between the pins and everything above. The character device stands behind it on a Pi,
/// <see cref="SimulatedChip"/> in tests and the demo; System.Device.Gpio could.
/// </summary>
public interface IGpioChip : IDisposable
{
    /// <summary>Path or label, as an operator would recognise it.</summary>
    string Name { get; }

    /// <summary>
    /// Watches all these inputs at once. Events of one watch come one after the other, in order of their time.
    /// </summary>
    /// <exception cref="GpioException">A line is missing, in use, or not permitted.</exception>
    IGpioWatch Watch(IReadOnlyList<InputLine> lines, string consumer, Action<LineEvent> onEvent);

    /// <summary>Takes these outputs; all start inactive.</summary>
    /// <exception cref="GpioException">A line is missing, in use, or not permitted.</exception>
    IGpioOutputs Drive(IReadOnlyList<OutputLine> lines, string consumer);
}
