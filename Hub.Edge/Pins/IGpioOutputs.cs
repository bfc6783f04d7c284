namespace Hub.Edge.Pins;

/// <summary>Outputs held: lamps and a buzzer. Disposing switches them off and gives the lines back.</summary>
public interface IGpioOutputs : IDisposable
{
    void Switch(int line, bool active);
}
