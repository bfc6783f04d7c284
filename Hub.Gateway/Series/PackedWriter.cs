namespace Hub.Gateway.Series;

/// <summary>Writes whole numbers so that small ones are short: LEB128, signed ones folded by zig-zag.</summary>
internal ref struct PackedWriter(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    private int _zeros;

    public int Length { get; private set; }

    public void Byte(byte value) => _bytes[Length++] = value;

    public void Unsigned(ulong value)
    {
        while (value >= 0b1000_0000)
        {
            Byte((byte)(value | 0b1000_0000));
            value >>= 7;
        }

        Byte((byte)value);
    }

    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>The lowest <paramref name="count"/> bytes of a number, least first.</summary>
    public void Low(ulong value, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Byte((byte)(value >> (8 * i)));
        }
    }

    /// <summary>
    /// One of a row of differences: a zero is followed by how many more zeros follow it, so a point that reports on the
    /// minute costs nothing a time.
    /// </summary>
    public void Difference(long difference)
    {
        if (difference == 0)
        {
            _zeros++;
            return;
        }

        EndDifferences();
        Signed(difference);
    }

    public void EndDifferences()
    {
        if (_zeros > 0)
        {
            Byte(0);
            Unsigned((ulong)(_zeros - 1));
            _zeros = 0;
        }
    }
}
