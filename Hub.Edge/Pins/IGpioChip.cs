namespace Hub.Edge.Pins;

/// <summary>
/// One GPIO chip: the seam between the pins and everything above. The character device stands behind it on a Pi,
/// <see cref="SimulatedChip"/> in tests and the demo; System.Device.Gpio could.
/// </summary>
public interface IGpioChip : IDisposable
{
    /// <summary>The chip as an operator would recognise it, however it was named when it was opened.</summary>
    string Name { get; }

    /// <summary>
    /// Takes a line. It stays held when the chip is disposed. Its events come one after the other, in order of their
    /// time; an output starts inactive and has none.
    /// </summary>
    /// <exception cref="GpioException">The line is missing, in use, or not permitted.</exception>
    IGpioLine Take(int line, LineSettings settings, string consumer, Action<LineEvent> onEvent);
}
