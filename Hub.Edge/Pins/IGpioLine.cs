namespace Hub.Edge.Pins;

/// <summary>
/// One line, held until it is disposed. Any thread, but it is not disposed from its own events; after that it tells
/// none, and can't be read or switched.
/// </summary>
public interface IGpioLine : IDisposable
{
    /// <summary>Its level now, true = active; null if it can't be read.</summary>
    bool? IsActive { get; }

    /// <summary>It could not be read or switched (its chip was unplugged), and has to be taken anew.</summary>
    bool IsBroken { get; }

    /// <summary>Switches an output; on an input it does nothing.</summary>
    void Switch(bool active);

    /// <summary>Gives it other settings without letting it go. An output is inactive then.</summary>
    /// <exception cref="GpioException">The chip can't do that; the settings before have to be given anew.</exception>
    void Change(LineSettings settings);
}
