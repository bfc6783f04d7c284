using System.Buffers.Binary;

namespace Hub.Edge.Modbus;

/// <summary>
/// A frame over TCP (Modbus Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3). Pure.
/// <code>
///   transaction u16 │ protocol u16 = 0 │ length u16 │ unit u8 │ question or answer
///                                        └ of what comes after it
/// </code>
/// </summary>
public static class TcpFrame
{
    public const int HeadSize = 6;

    private const int LengthMin = 3;
    private const int LengthMax = 254;

    public static byte[] Of(ReadRequest request, ushort transaction)
    {
        var frame = new byte[HeadSize + 1 + ModbusPdu.QuestionSize];
        BinaryPrimitives.WriteUInt16BigEndian(frame, transaction);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(4), 1 + ModbusPdu.QuestionSize);
        frame[HeadSize] = request.Unit;
        ModbusPdu.Write(request, frame.AsSpan(HeadSize + 1));
        return frame;
    }

    /// <summary>How much comes after this head; null if it is no head of an answer to this question.</summary>
    public static int? LengthAfter(ReadOnlySpan<byte> head, ushort transaction)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(head[4..]);
        var isOurs = BinaryPrimitives.ReadUInt16BigEndian(head) == transaction
            && BinaryPrimitives.ReadUInt16BigEndian(head[2..]) == 0;
        return isOurs && length is >= LengthMin and <= LengthMax ? length : null;
    }

    /// <param name="body">What came after the head.</param>
    public static ModbusAnswer Judge(ReadRequest request, ReadOnlyMemory<byte> body) =>
        body.Span[0] == request.Unit
            ? ModbusPdu.Judge(request, body[1..])
            : ModbusAnswer.Passing($"Unit {body.Span[0]} answers in its place.");
}
