using System.Numerics;

namespace Hub.Gateway.Series;

/// <summary>
/// What is known of a row of whole numbers: how many bits the next one has, given how many the last one had; its sign;
/// its first bits. The other bits are noise and cost a bit each.
/// </summary>
internal sealed class NumberModel
{
    private const int LengthBits = 6;
    private const int HeadBits = 3;
    private const int ContextsMax = 24;

    private readonly BitModel[] _isZero = new BitModel[ContextsMax];
    private readonly BitModel[] _lengths = new BitModel[ContextsMax << LengthBits];
    private readonly BitModel[] _signs = new BitModel[65];
    private readonly BitModel[] _heads = new BitModel[65 << HeadBits];
    private int _context;

    public void Write(ref RangeWriter output, long number)
    {
        var size = (ulong)(number < 0 ? -number : number);
        WriteUnsigned(ref output, size);
        if (size != 0)
        {
            output.Bit(ref _signs[64 - BitOperations.LeadingZeroCount(size)], number < 0 ? 1 : 0);
        }
    }

    public long Read(ref RangeReader input)
    {
        var size = ReadUnsigned(ref input);
        return size != 0 && input.Bit(ref _signs[64 - BitOperations.LeadingZeroCount(size)]) != 0
            ? -(long)size
            : (long)size;
    }

    public void WriteUnsigned(ref RangeWriter output, ulong number)
    {
        var length = 64 - BitOperations.LeadingZeroCount(number);
        output.Bit(ref _isZero[_context], length == 0 ? 0 : 1);
        if (length > 0)
        {
            Tree(ref output, _lengths.AsSpan(_context << LengthBits), length - 1, LengthBits);
            var head = Math.Min(HeadBits, length - 1);
            var rest = length - 1 - head;
            Tree(ref output, _heads.AsSpan(length << HeadBits), (int)(number >> rest) & ((1 << head) - 1), head);
            output.Raw(number, rest);
        }

        _context = Math.Min(length, ContextsMax - 1);
    }

    public ulong ReadUnsigned(ref RangeReader input)
    {
        var length = input.Bit(ref _isZero[_context]);
        var number = 0UL;
        if (length > 0)
        {
            length += Tree(ref input, _lengths.AsSpan(_context << LengthBits), LengthBits);
            var head = Math.Min(HeadBits, length - 1);
            var rest = length - 1 - head;
            number = (1UL << head) | (uint)Tree(ref input, _heads.AsSpan(length << HeadBits), head);
            number = number << rest | input.Raw(rest);
        }

        _context = Math.Min(length, ContextsMax - 1);
        return number;
    }

    // The highest bit first; each has a model for each way in which those before it went.
    private static void Tree(ref RangeWriter output, Span<BitModel> models, int value, int bits)
    {
        var node = 1;
        for (var i = bits - 1; i >= 0; i--)
        {
            var bit = value >> i & 1;
            output.Bit(ref models[node], bit);
            node = node << 1 | bit;
        }
    }

    private static int Tree(ref RangeReader input, Span<BitModel> models, int bits)
    {
        var node = 1;
        for (var i = 0; i < bits; i++)
        {
            node = node << 1 | input.Bit(ref models[node]);
        }

        return node - (1 << bits);
    }
}
