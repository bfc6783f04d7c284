namespace Hub.Edge.Pins;

/// <summary>Inputs being watched; disposing gives the lines back.</summary>
public interface IGpioWatch : IDisposable
{
    /// <summary>The line's level now, true = active.</summary>
    bool IsActive(int line);

    /// <summary>Why no more events will come (a chip that was unplugged); null while it works.</summary>
    string? Fault { get; }
}
