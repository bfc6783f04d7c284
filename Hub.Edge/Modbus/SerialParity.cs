namespace Hub.Edge.Modbus;

public enum SerialParity
{
    None,
    Even,
    Odd,
}
