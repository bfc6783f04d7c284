using System.Buffers.Binary;

namespace Hub.Edge.Modbus;

/// <summary>The number in a value's bytes. Pure.</summary>
public static class RegisterValue
{
    /// <summary>The number; null where the device says that it has none.</summary>
    /// <param name="bytes">As they came, two a register.</param>
    public static double? Read(ReadOnlySpan<byte> bytes, RegisterOptions register)
    {
        Span<byte> ordered = stackalloc byte[register.Words * 2];
        Order(bytes[..ordered.Length], register.Order, ordered);
        return register.Type switch
        {
            RegisterType.U16 => Whole(BinaryPrimitives.ReadUInt16BigEndian(ordered), ushort.MaxValue, register),
            RegisterType.S16 => Whole(BinaryPrimitives.ReadInt16BigEndian(ordered), short.MinValue, register),
            RegisterType.U32 => Whole(BinaryPrimitives.ReadUInt32BigEndian(ordered), uint.MaxValue, register),
            RegisterType.S32 => Whole(BinaryPrimitives.ReadInt32BigEndian(ordered), int.MinValue, register),
            RegisterType.U64 => Whole(BinaryPrimitives.ReadUInt64BigEndian(ordered), ulong.MaxValue, register),
            RegisterType.F32 => Finite(BinaryPrimitives.ReadSingleBigEndian(ordered)),
            _ => Finite(BinaryPrimitives.ReadDoubleBigEndian(ordered)),
        };
    }

    private static void Order(ReadOnlySpan<byte> bytes, WordOrder order, Span<byte> into)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            into[i] = bytes[order switch
            {
                WordOrder.Little => bytes.Length - 1 - i,
                WordOrder.Swapped => bytes.Length - 2 - (i & ~1) + (i & 1),
                _ => i,
            }];
        }
    }

    private static double? Whole(Int128 value, Int128 absent, RegisterOptions register) =>
        register.CanBeAbsent && value == absent ? null : (double)value;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
