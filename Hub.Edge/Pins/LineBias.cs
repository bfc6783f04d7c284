namespace Hub.Edge.Pins;

/// <summary>The chip's own resistor on an input.</summary>
public enum LineBias
{
    /// <summary>As the device tree has it.</summary>
    AsIs,
    PullUp,
    PullDown,
    Disabled,
}
