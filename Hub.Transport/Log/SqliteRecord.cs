using System.Buffers.Binary;
using System.Text;

namespace Hub.Transport.Log;

/// <summary>Reads a record's columns (SQLite's file format, 2.1). Pure; false for anything that is none.</summary>
internal static class SqliteRecord
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>A row of the log: its number, then bytes.</summary>
    public static bool TryRow(byte[] record, out ReadOnlySpan<byte> bytes)
    {
        // The position is the row's number, so its own column is NULL (type 0); a blob's type is twice its length + 12.
        return TryColumns(record, out var position, out var type, out bytes)
            && position == 0 && type >= 12 && type % 2 == 0 && bytes.Length == (type - 12) / 2;
    }

    /// <summary>Every column: null, long, double, string or byte[].</summary>
    public static bool TryValues(byte[] record, out object?[] values)
    {
        values = [];
        var head = (ReadOnlySpan<byte>)record;
        if (!TryNumber(ref head, out var headBytes) || headBytes > record.Length
            || headBytes < record.Length - head.Length)
        {
            return false;
        }

        var body = (ReadOnlySpan<byte>)record.AsSpan((int)headBytes);
        head = record.AsSpan(record.Length - head.Length, (int)headBytes - (record.Length - head.Length));
        var read = new List<object?>();
        while (head.Length > 0)
        {
            if (!TryNumber(ref head, out var type) || !TryValue(type, ref body, out var value))
            {
                return false;
            }

            read.Add(value);
        }

        values = [.. read];
        return body.IsEmpty;
    }

    /// <summary>How much of a record stands on its page; the rest is on others (1.6, "B-tree Pages").</summary>
    public static int LocalBytes(int length, int pageBytes, bool isIndex)
    {
        var most = isIndex ? ((pageBytes - 12) * 64 / 255) - 23 : pageBytes - 35;
        if (length <= most)
        {
            return length;
        }

        var least = ((pageBytes - 12) * 32 / 255) - 23;
        var local = least + ((length - least) % (pageBytes - 4));
        return local <= most ? local : least;
    }

    /// <summary>A variable-length integer: 7 bits a byte, high first; the ninth byte has 8.</summary>
    public static bool TryNumber(ref ReadOnlySpan<byte> bytes, out long number)
    {
        number = 0;
        for (var i = 0; i < Math.Min(9, bytes.Length); i++)
        {
            number = i == 8 ? (number << 8) | bytes[i] : (number << 7) | (bytes[i] & 0x7Fu);
            if (i == 8 || bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private static bool TryValue(long type, ref ReadOnlySpan<byte> body, out object? value)
    {
        value = null;
        var length = type switch
        {
            < 0 or 10 or 11 => long.MaxValue,
            0 or 8 or 9 => 0,
            <= 4 => type,
            5 => 6,
            6 or 7 => 8,
            _ => (type - 12) / 2,
        };
        if (length > body.Length)
        {
            return false;
        }

        var bytes = body[..(int)length];
        body = body[(int)length..];
        value = type switch
        {
            0 => null,
            7 => BinaryPrimitives.ReadDoubleBigEndian(bytes),
            8 or 9 => type - 8,
            < 7 => Whole(bytes),
            _ when type % 2 == 0 => bytes.ToArray(),
            _ => Text(bytes),
        };
        return value is not null || type == 0;
    }

    private static long Whole(ReadOnlySpan<byte> bytes)
    {
        var number = (long)(sbyte)bytes[0];
        foreach (var next in bytes[1..])
        {
            number = (number << 8) | next;
        }

        return number;
    }

    /// <summary>Null for bytes that nobody has written as text: what a damaged page leaves behind.</summary>
    private static string? Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return bytes.Contains((byte)0) ? null : Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool TryColumns(byte[] record, out long first, out long second, out ReadOnlySpan<byte> body)
    {
        body = default;
        (first, second) = (0, 0);
        var rest = (ReadOnlySpan<byte>)record;
        if (!TryNumber(ref rest, out var headBytes) || headBytes < 0 || headBytes > record.Length
            || !TryNumber(ref rest, out first) || !TryNumber(ref rest, out second)
            || record.Length - rest.Length != headBytes)
        {
            return false;
        }

        body = rest;
        return true;
    }
}
