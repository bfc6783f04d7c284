using System.Buffers;
using System.Globalization;
using System.Text;

namespace Hub.Gateway.Fleet;

/// <summary>
/// The beginning of a payload as text that can be shown anywhere: what is no printable text is \xhh. Pure.
/// </summary>
internal static class PayloadPreview
{
    public const int BytesMax = 400;

    public static string Of(ReadOnlySpan<byte> payload)
    {
        var rest = payload[..Math.Min(payload.Length, BytesMax)];
        var text = new StringBuilder();
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(rest, out var rune, out var length);
            if (status == OperationStatus.Done && !Rune.IsControl(rune))
            {
                text.Append(rune);
            }
            else
            {
                foreach (var odd in rest[..length])
                {
                    text.Append("\\x").Append(odd.ToString("x2", CultureInfo.InvariantCulture));
                }
            }

            rest = rest[length..];
        }

        return payload.Length > BytesMax ? text.Append('…').ToString() : text.ToString();
    }
}
