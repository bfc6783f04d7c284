using System.Buffers.Binary;
using System.Text;

namespace Hub.Edge.Pins;

/// <summary>
/// The kernel's <c>struct gpio_v2_line_request</c> (linux/gpio.h, uAPI v2), packed and read as bytes:
/// <code>
///   0 offsets[64] u32 │ 256 consumer[32] │ 288 config
///   560 num_lines u32 │ 564 event_buffer_size u32 │ 568 … │ 588 fd s32
///   config: 288 flags u64 │ 296 num_attrs u32 │ 300 … │ 320 attrs[10] of { id u32, …, value u64, mask u64 }
/// </code>
/// Masks have one bit per place in offsets, not per line number.
/// </summary>
public static class LineRequest
{
    public const int Size = 592;
    public const int LinesMax = 64;
    public const int AttributesMax = 10;
    public const int ConsumerBytesMax = 31;

    internal const ulong ActiveLow = 1 << 1;
    internal const ulong Input = 1 << 2;
    internal const ulong Output = 1 << 3;
    internal const ulong EdgeRising = 1 << 4;
    internal const ulong EdgeFalling = 1 << 5;
    internal const ulong BiasPullUp = 1 << 8;
    internal const ulong BiasPullDown = 1 << 9;
    internal const ulong BiasDisabled = 1 << 10;

    private const int ConsumerAt = 256;
    private const int FlagsAt = 288;
    private const int AttributeCountAt = 296;
    private const int AttributesAt = 320;
    private const int AttributeSize = 24;
    private const int LineCountAt = 560;
    private const int EventBufferAt = 564;
    private const int DescriptorAt = 588;
    private const uint AttributeFlags = 1;
    private const uint AttributeDebounce = 3;

    public static byte[] ForInputs(IReadOnlyList<InputLine> lines, string consumer, int eventBufferSize)
    {
        var request = Begin([.. lines.Select(line => line.Line)], consumer, eventBufferSize);
        var attributes = Grouped(lines.Select(FlagsOf)).Select(group =>
            (AttributeFlags, group.Value, group.Mask)).ToList();

        // The commonest flags are the request's own and need no attribute.
        var common = attributes.MaxBy(attribute => ulong.PopCount(attribute.Mask));
        attributes.Remove(common);
        attributes.AddRange(from @group in Grouped(lines.Select(line => (ulong)(line.Debounce.Ticks / 10)))
                            where @group.Value > 0
                            select (AttributeDebounce, @group.Value, @group.Mask));
        return Finish(request, common.Value, attributes);
    }

    public static byte[] ForOutputs(IReadOnlyList<OutputLine> lines, string consumer)
    {
        var request = Begin([.. lines.Select(line => line.Line)], consumer, 0);
        var attributes = Grouped(lines.Select(line => Output | (line.ActiveLow ? ActiveLow : 0)))
            .Select(group => (AttributeFlags, group.Value, group.Mask)).ToList();
        var common = attributes.MaxBy(attribute => ulong.PopCount(attribute.Mask));
        attributes.Remove(common);
        return Finish(request, common.Value, attributes);
    }

    /// <summary>The file descriptor that the kernel wrote into the request.</summary>
    public static int Descriptor(ReadOnlySpan<byte> request) =>
        BinaryPrimitives.ReadInt32LittleEndian(request[DescriptorAt..]);

    private static ulong FlagsOf(InputLine line) =>
        Input | EdgeRising | EdgeFalling | (line.ActiveLow ? ActiveLow : 0) | line.Bias switch
        {
            LineBias.PullUp => BiasPullUp,
            LineBias.PullDown => BiasPullDown,
            LineBias.Disabled => BiasDisabled,
            _ => 0,
        };

    private static List<(ulong Value, ulong Mask)> Grouped(IEnumerable<ulong> values) =>
        [.. values.Select((value, place) => (value, bit: 1UL << place))
            .GroupBy(line => line.value, line => line.bit)
            .Select(group => (group.Key, group.Aggregate((mask, bit) => mask | bit)))];

    private static byte[] Begin(int[] lines, string consumer, int eventBufferSize)
    {
        if (lines.Length is 0 or > LinesMax)
        {
            throw new GpioException(
                $"A request takes 1 to {LinesMax} lines of a chip, not {lines.Length}: use fewer lines.");
        }

        var request = new byte[Size];
        for (var i = 0; i < lines.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(i * 4), lines[i]);
        }

        Encoding.UTF8.GetEncoder().Convert(
            consumer, request.AsSpan(ConsumerAt, ConsumerBytesMax), flush: true, out _, out _, out _);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(LineCountAt), lines.Length);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(EventBufferAt), eventBufferSize);
        return request;
    }

    private static byte[] Finish(byte[] request, ulong flags, List<(uint Id, ulong Value, ulong Mask)> attributes)
    {
        if (attributes.Count > AttributesMax)
        {
            throw new GpioException(
                $"The kernel takes {AttributesMax} differing settings (bias, active-low, debounce) on one chip, " +
                $"not {attributes.Count}: give more lines the same settings.");
        }

        BinaryPrimitives.WriteUInt64LittleEndian(request.AsSpan(FlagsAt), flags);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(AttributeCountAt), attributes.Count);
        for (var i = 0; i < attributes.Count; i++)
        {
            var attribute = request.AsSpan(AttributesAt + i * AttributeSize, AttributeSize);
            BinaryPrimitives.WriteUInt32LittleEndian(attribute, attributes[i].Id);
            if (attributes[i].Id == AttributeDebounce)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(attribute[8..], (uint)attributes[i].Value); // microseconds
            }
            else
            {
                BinaryPrimitives.WriteUInt64LittleEndian(attribute[8..], attributes[i].Value);
            }

            BinaryPrimitives.WriteUInt64LittleEndian(attribute[16..], attributes[i].Mask);
        }

        return request;
    }
}
