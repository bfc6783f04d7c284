namespace Hub.Edge.Sensing;

/// <summary>Where what the lines tell goes.</summary>
public interface ISensingSink
{
    /// <summary>A button was pressed.</summary>
    void Pressed(string device, DateTimeOffset at);

    /// <summary>A value to be told: a contact's level, a register, a count.</summary>
    void Told(string device, string signal, double value, DateTimeOffset at);
}
