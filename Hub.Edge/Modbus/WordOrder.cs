namespace Hub.Edge.Modbus;

/// <summary>How the bytes of a value lie on the wire; Modbus itself says it of one word only.</summary>
public enum WordOrder
{
    /// <summary>A B C D: as the words themselves.</summary>
    Big,

    /// <summary>D C B A.</summary>
    Little,

    /// <summary>C D A B: the words the other way round, each in itself as usual.</summary>
    Swapped,
}
