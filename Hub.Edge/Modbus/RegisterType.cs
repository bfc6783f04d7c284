namespace Hub.Edge.Modbus;

/// <summary>What the words of a value are.</summary>
public enum RegisterType
{
    U16,
    S16,
    U32,
    S32,
    U64,
    F32,
    F64,
}
