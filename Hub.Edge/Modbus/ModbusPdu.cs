using System.Buffers.Binary;

namespace Hub.Edge.Modbus;

/// <summary>
/// Questions and answers without what a line adds (Modbus Application Protocol V1.1b3, 6.3, 6.4 and 7). Pure.
/// <code>
///   question: function u8 │ address u16 │ count u16         answer: function u8 │ bytes u8 │ registers
///                                                           or:     function + 0x80 │ exception u8
/// </code>
/// </summary>
public static class ModbusPdu
{
    public const int QuestionSize = 5;

    /// <summary>What a function has added to it when it is refused.</summary>
    public const byte RefusedBit = 0x80;

    public static void Write(ReadRequest request, Span<byte> into)
    {
        into[0] = (byte)request.Table;
        BinaryPrimitives.WriteUInt16BigEndian(into[1..], request.Address);
        BinaryPrimitives.WriteUInt16BigEndian(into[3..], request.Count);
    }

    public static ModbusAnswer Judge(ReadRequest request, ReadOnlyMemory<byte> pdu)
    {
        var bytes = pdu.Span;
        if (bytes.Length == 2 && bytes[0] == ((byte)request.Table | RefusedBit))
        {
            return Refused(request, bytes[1]);
        }

        var length = request.Count * 2;
        return bytes.Length == 2 + length && bytes[0] == (byte)request.Table && bytes[1] == length
            ? new ModbusAnswer(pdu[2..], null, false)
            : ModbusAnswer.Passing("Its answer belongs to another question.");
    }

    private static ModbusAnswer Refused(ReadRequest request, byte exception)
    {
        var last = request.Address + request.Count - 1;
        var (isPassing, why) = exception switch
        {
            1 => (false, $"it has no function {(byte)request.Table} ({request.Table} registers)"),
            2 => (false, $"it has no registers {request.Address} to {last} in a row"),
            3 => (false, $"it doesn't give {request.Count} registers at a time"),
            4 => (false, "it has failed in itself"),
            5 => (true, "it needs more time"),
            6 => (true, "it is busy"),
            8 => (true, "its memory has a parity error"),
            10 => (true, "the gateway has no way to it"),
            11 => (true, "the gateway got no answer from it"),
            _ => (false, "it gives no reason that is known"),
        };
        return new ModbusAnswer(default, $"Unit {request.Unit} refuses (exception {exception}): {why}.", isPassing);
    }
}
