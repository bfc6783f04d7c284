using System.Text;
using System.Text.Unicode;

namespace Hub.Transport.Mqtt;

/// <summary>UTF-8 strings as MQTT wants them (1.5.4): well-formed, no surrogates, no U+0000.</summary>
internal static class MqttText
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsWellFormed(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) && !bytes.Contains((byte)0);

    /// <summary>
    /// A topic or the name of a client: no control characters either, U+0001 to U+001F and U+007F to U+009F. 1.5.4
    /// leaves that to the receiver; names come to logs and pages. Printable ASCII, nearly all of them, is one pass.
    /// </summary>
    public static bool IsName(ReadOnlySpan<byte> bytes)
    {
        var other = bytes.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E);
        if (other < 0)
        {
            return true;
        }

        if (!Utf8.IsValid(bytes[other..]))
        {
            return false;
        }

        // The second block of control characters is C2 80 to C2 9F.
        for (var rest = bytes[other..]; !rest.IsEmpty; rest = rest[1..])
        {
            if (rest[0] < 0x20 || rest[0] == 0x7F || (rest is [0xC2, < 0xA0, ..]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The string's bytes, or null where it can't be sent: a lone surrogate, or too long.</summary>
    public static byte[]? BytesOrNone(string text)
    {
        try
        {
            var bytes = Strict.GetBytes(text);
            return bytes.Length <= ushort.MaxValue ? bytes : null;
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}
