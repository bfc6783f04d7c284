using System.Buffers.Binary;

namespace Hub.Edge.Modbus;

/// <summary>
/// A frame on a serial line (Modbus over Serial Line V1.02, 2.5.1). Pure.
/// <code>
///   unit u8 │ question or answer │ CRC-16 u16, low byte first
/// </code>
/// </summary>
public static class RtuFrame
{
    public const int BytesMax = 256;

    private const int CrcSize = 2;
    private const int RefusalSize = 5;

    public static byte[] Of(ReadRequest request)
    {
        var frame = new byte[1 + ModbusPdu.QuestionSize + CrcSize];
        frame[0] = request.Unit;
        ModbusPdu.Write(request, frame.AsSpan(1));
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(^CrcSize), Crc(frame.AsSpan(..^CrcSize)));
        return frame;
    }

    /// <summary>How long an answer is that begins so; null while that isn't known.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> begin) =>
        begin.Length < 3 ? null
        : (begin[1] & ModbusPdu.RefusedBit) != 0 ? RefusalSize
        : 3 + begin[2] + CrcSize;

    public static ModbusAnswer Judge(ReadRequest request, ReadOnlyMemory<byte> frame)
    {
        var bytes = frame.Span;
        if (bytes.Length < RefusalSize
            || BinaryPrimitives.ReadUInt16LittleEndian(bytes[^CrcSize..]) != Crc(bytes[..^CrcSize]))
        {
            return ModbusAnswer.Passing("Its checksum is wrong: the line is disturbed, or its rate is another.");
        }

        return bytes[0] == request.Unit
            ? ModbusPdu.Judge(request, frame[1..^CrcSize])
            : ModbusAnswer.Passing($"Unit {bytes[0]} answers in its place.");
    }

    /// <summary>CRC-16 with the polynomial 0xA001, reflected, from 0xFFFF on (6.2.2).</summary>
    public static ushort Crc(ReadOnlySpan<byte> bytes)
    {
        const ushort Polynomial = 0xA001;
        ushort crc = 0xFFFF;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1);
            }
        }

        return crc;
    }
}
