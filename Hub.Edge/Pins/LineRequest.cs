using System.Buffers.Binary;
using System.Text;

namespace Hub.Edge.Pins;

/// <summary>
/// The kernel's <c>struct gpio_v2_line_request</c> (linux/gpio.h, uAPI v2) for one line, packed and read as bytes:
/// <code>
///   0 offsets[64] u32 │ 256 consumer[32] │ 288 config
///   560 num_lines u32 │ 564 event_buffer_size u32 │ 568 … │ 588 fd s32
///   config: 0 flags u64 │ 8 num_attrs u32 │ 12 … │ 32 attrs[10] of { id u32, …, value u64, mask u64 }
/// </code>
/// A mask has one bit per place in offsets.
/// </summary>
public static class LineRequest
{
    public const int Size = 592;
    public const int ConfigSize = 272;
    public const int ConsumerBytesMax = 31;

    /// <summary>
    /// What the kernel keeps of one line while nobody reads: 16 seconds of the fastest meter. 24 KiB are also the most
    /// that a machine with fragmented memory still gives (8 pages in a row).
    /// </summary>
    public const int EventsKept = 512;

    internal const ulong ActiveLow = 1 << 1;
    internal const ulong Input = 1 << 2;
    internal const ulong Output = 1 << 3;
    internal const ulong EdgeRising = 1 << 4;
    internal const ulong EdgeFalling = 1 << 5;
    internal const ulong BiasPullUp = 1 << 8;
    internal const ulong BiasPullDown = 1 << 9;
    internal const ulong BiasDisabled = 1 << 10;

    private const int ConsumerAt = 256;
    private const int ConfigAt = 288;
    private const int LineCountAt = 560;
    private const int EventBufferAt = 564;
    private const int DescriptorAt = 588;
    private const int AttributeCountAt = 8;
    private const int AttributeAt = 32;
    private const uint AttributeDebounce = 3;

    public static byte[] Of(int line, LineSettings settings, string consumer)
    {
        var request = new byte[Size];
        BinaryPrimitives.WriteInt32LittleEndian(request, line);
        Encoding.UTF8.GetEncoder().Convert(
            consumer, request.AsSpan(ConsumerAt, ConsumerBytesMax), flush: true, out _, out _, out _);
        Config(settings).CopyTo(request, ConfigAt);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(LineCountAt), 1);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(EventBufferAt), EventsKept);
        return request;
    }

    /// <summary>The settings alone, <c>struct gpio_v2_line_config</c>, as they are also changed.</summary>
    public static byte[] Config(LineSettings settings)
    {
        var config = new byte[ConfigSize];
        BinaryPrimitives.WriteUInt64LittleEndian(config, FlagsOf(settings));
        var debounceMicroseconds = (uint)settings.Debounce.TotalMicroseconds;
        if (debounceMicroseconds > 0)
        {
            BinaryPrimitives.WriteInt32LittleEndian(config.AsSpan(AttributeCountAt), 1);
            BinaryPrimitives.WriteUInt32LittleEndian(config.AsSpan(AttributeAt), AttributeDebounce);
            BinaryPrimitives.WriteUInt32LittleEndian(config.AsSpan(AttributeAt + 8), debounceMicroseconds);
            BinaryPrimitives.WriteUInt64LittleEndian(config.AsSpan(AttributeAt + 16), 1);
        }

        return config;
    }

    /// <summary>The file descriptor that the kernel wrote into the request.</summary>
    public static int Descriptor(ReadOnlySpan<byte> request) =>
        BinaryPrimitives.ReadInt32LittleEndian(request[DescriptorAt..]);

    private static ulong FlagsOf(LineSettings settings) =>
        (settings.IsOutput ? Output : Input | EdgeRising | EdgeFalling)
        | (settings.ActiveLow ? ActiveLow : 0)
        | settings.Bias switch
        {
            LineBias.PullUp => BiasPullUp,
            LineBias.PullDown => BiasPullDown,
            LineBias.Disabled => BiasDisabled,
            _ => 0,
        };
}
