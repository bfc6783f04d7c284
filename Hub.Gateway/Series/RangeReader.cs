namespace Hub.Gateway.Series;

/// <summary>Reads what <see cref="RangeWriter"/> wrote, as long as it is asked with the same models.</summary>
internal ref struct RangeReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private uint _code;
    private uint _range = uint.MaxValue;
    private int _at;

    public RangeReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        for (var i = 0; i < sizeof(uint); i++)
        {
            Next();
        }
    }

    public int Bit(ref BitModel model)
    {
        var bound = model.Share(_range);
        int bit;
        if (_code < bound)
        {
            (_range, bit) = (bound, 0);
        }
        else
        {
            _code -= bound;
            _range -= bound;
            bit = 1;
        }

        model.Learn(bit);
        Shift();
        return bit;
    }

    public ulong Raw(int count)
    {
        var bits = 0UL;
        while (count-- > 0)
        {
            _range >>= 1;
            var bit = _code >= _range ? 1u : 0u;
            _code -= _range * bit;
            bits = bits << 1 | bit;
            Shift();
        }

        return bits;
    }

    private void Shift()
    {
        while (_range < RangeWriter.RangeMin)
        {
            Next();
            _range <<= 8;
        }
    }

    private void Next()
    {
        _code = _code << 8 | (_at < _bytes.Length ? _bytes[_at] : 0u);
        _at++;
    }
}
