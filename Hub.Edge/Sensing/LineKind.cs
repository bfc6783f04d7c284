namespace Hub.Edge.Sensing;

/// <summary>What is wired to a line.</summary>
public enum LineKind
{
    /// <summary>A meter's S0 output.</summary>
    Pulse,

    /// <summary>A door, leak or run contact.</summary>
    Contact,
    Button,
    Lamp,
    Buzzer,
}
