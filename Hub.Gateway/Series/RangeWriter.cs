namespace Hub.Gateway.Series;

/// <summary>
/// A range coder (Martin, 1979; binary and adaptive as in LZMA): a decision that was expected costs a small part of a
/// bit.
/// </summary>
internal ref struct RangeWriter(Span<byte> bytes)
{
    internal const uint RangeMin = 1 << 24;

    private readonly Span<byte> _bytes = bytes;
    private ulong _low;
    private uint _range = uint.MaxValue;

    public int Length { get; private set; }

    public void Bit(ref BitModel model, int bit)
    {
        var bound = model.Share(_range);
        if (bit == 0)
        {
            _range = bound;
        }
        else
        {
            _low += bound;
            _range -= bound;
        }

        model.Learn(bit);
        Shift();
    }

    /// <summary>The lowest <paramref name="count"/> bits, of which nothing is expected.</summary>
    public void Raw(ulong bits, int count)
    {
        while (count-- > 0)
        {
            _range >>= 1;
            if ((bits >> count & 1) != 0)
            {
                _low += _range;
            }

            Shift();
        }
    }

    /// <summary>One byte is enough to point into what is left of the range; the reader takes zeros behind it.</summary>
    public void End()
    {
        _low += RangeMin - 1;
        Carry();
        _bytes[Length++] = (byte)(_low >> 24);
    }

    private void Shift()
    {
        Carry();
        while (_range < RangeMin)
        {
            _bytes[Length++] = (byte)(_low >> 24);
            _low = (uint)_low << 8;
            _range <<= 8;
        }
    }

    private void Carry()
    {
        if (_low > uint.MaxValue)
        {
            _low = (uint)_low;
            for (var at = Length - 1; ++_bytes[at] == 0; at--)
            {
            }
        }
    }
}
