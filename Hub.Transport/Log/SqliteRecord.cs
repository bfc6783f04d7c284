namespace Hub.Transport.Log;

/// <summary>Reads a record's columns (SQLite's file format, 2.1). Pure; false for anything that is none.</summary>
internal static class SqliteRecord
{
    /// <summary>A row of the log: its number, then bytes.</summary>
    public static bool TryRow(byte[] record, out ReadOnlySpan<byte> bytes)
    {
        // The position is the row's number, so its own column is NULL (type 0); a blob's type is twice its length + 12.
        return TryColumns(record, out var position, out var type, out bytes)
            && position == 0 && type >= 12 && type % 2 == 0 && bytes.Length == (type - 12) / 2;
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
