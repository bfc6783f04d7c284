namespace Hub.Edge.Modbus;

/// <summary>Where a register is; the number is the function's that reads it (Application Protocol V1.1b3, 6).</summary>
public enum RegisterTable : byte
{
    Holding = 3,
    Input = 4,
}
