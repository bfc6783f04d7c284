namespace Hub.Edge.Modbus;

/// <summary>What came of a question: the registers' bytes, or why not.</summary>
/// <param name="Data">Two bytes a register, of all that were asked for; empty with a fault.</param>
/// <param name="IsPassing">The same question may be answered the next time.</param>
public sealed record ModbusAnswer(ReadOnlyMemory<byte> Data, string? Fault, bool IsPassing)
{
    /// <summary>Noise, silence, a device that is busy.</summary>
    public static ModbusAnswer Passing(string fault) => new(default, fault, true);

    /// <summary>A device that says no.</summary>
    public static ModbusAnswer Lasting(string fault) => new(default, fault, false);
}
