using Hub.Edge.Sampling;

namespace Hub.Edge.Modbus;

/// <summary>One value in a device's registers.</summary>
public sealed record RegisterOptions
{
    /// <summary>The device on the bus.</summary>
    public byte Unit { get; init; } = 1;

    public RegisterTable Table { get; init; } = RegisterTable.Holding;

    /// <summary>As on the wire, from 0.</summary>
    public int Address { get; init; }

    public RegisterType Type { get; init; } = RegisterType.U16;

    public WordOrder Order { get; init; } = WordOrder.Big;

    /// <summary>All ones, or of a signed type the least value, mean that there is no value.</summary>
    public bool CanBeAbsent { get; init; } = true;

    public required SampledPoint Point { get; init; }

    /// <summary>The registers that it takes.</summary>
    public int Words => WordsOf(Type);

    /// <summary>The address after its last register.</summary>
    public int End => Address + Words;

    public static int WordsOf(RegisterType type) => type switch
    {
        RegisterType.U16 or RegisterType.S16 => 1,
        RegisterType.U64 or RegisterType.F64 => 4,
        _ => 2,
    };
}
