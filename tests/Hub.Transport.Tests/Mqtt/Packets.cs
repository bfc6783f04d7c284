using System.Buffers;
using System.Collections;
using System.Reflection;
using Hub.Transport.Mqtt;

namespace Hub.Transport.Tests.Mqtt;

/// <summary>Writing, reading and comparing packets in tests.</summary>
internal static class Packets
{
    public static byte[] Write(MqttPacket packet, MqttVersion version)
    {
        var output = new ArrayBufferWriter<byte>();
        MqttCodec.Write(output, packet, version);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The packet, null for "need more bytes", or the exception that the codec may throw; any other escapes.</summary>
    public static (MqttPacket? Packet, MqttProtocolException? Fault) TryRead(
        ReadOnlySequence<byte> input, MqttVersion version, int packetBytesMax = 1 << 20)
    {
        try
        {
            MqttCodec.TryRead(ref input, version, packetBytesMax, out var packet);
            return (packet, null);
        }
        catch (MqttProtocolException e)
        {
            return (null, e);
        }
    }

    /// <summary>The same bytes, in segments of so many.</summary>
    public static ReadOnlySequence<byte> Chopped(ReadOnlyMemory<byte> bytes, int size)
    {
        var first = new Segment(bytes[..Math.Min(size, bytes.Length)], null);
        var last = first;
        for (var at = size; at < bytes.Length; at += size)
        {
            last = new Segment(bytes[at..Math.Min(at + size, bytes.Length)], last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    /// <summary>Equal in everything that the type says, lists and bytes by content.</summary>
    public static void AssertSame(object? expected, object? actual) => Assert.Equal(Describe(expected), Describe(actual));

    private static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Describe)) + "]",
        IFormattable plain => plain.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        bool plain => plain.ToString(),
        _ => value.GetType().Name + " { " + string.Join(
            ", ",
            value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Select(property => $"{property.Name} = {Describe(property.GetValue(value))}")) + " }",
    };

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
