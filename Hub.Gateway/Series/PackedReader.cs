namespace Hub.Gateway.Series;

/// <summary>
/// Whole numbers of chunks of the first version: LEB128, signed ones folded by zig-zag. Anything cut off or overlong is
/// an <see cref="InvalidDataException"/>.
/// </summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;
    private ulong _zeros;

    public readonly bool IsAtEnd => _at == _bytes.Length;

    public byte Byte() => _at < _bytes.Length ? _bytes[_at++] : throw ChunkCodec.Damaged("ends too early");

    public ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0b0111_1111) << shift;
            if (next < 0b1000_0000)
            {
                return value;
            }
        }

        throw ChunkCodec.Damaged("holds a number of more than 64 bits");
    }

    public long Signed()
    {
        var folded = Unsigned();
        return (long)(folded >> 1) ^ -(long)(folded & 1);
    }

    public ulong Low(int count)
    {
        var value = 0UL;
        for (var i = 0; i < count; i++)
        {
            value |= (ulong)Byte() << (8 * i);
        }

        return value;
    }

    public long Difference()
    {
        if (_zeros > 0)
        {
            _zeros--;
            return 0;
        }

        var difference = Signed();
        if (difference == 0)
        {
            _zeros = Unsigned();
        }

        return difference;
    }

    public readonly void EndDifferences()
    {
        if (_zeros > 0)
        {
            throw ChunkCodec.Damaged("has a run that goes on after its end");
        }
    }

}
