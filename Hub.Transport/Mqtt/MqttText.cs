using System.Text;
using System.Text.Unicode;

namespace Hub.Transport.Mqtt;

/// <summary>UTF-8 strings as MQTT wants them (1.5.4): well-formed, no surrogates, no U+0000.</summary>
internal static class MqttText
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsWellFormed(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) && !bytes.Contains((byte)0);

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
