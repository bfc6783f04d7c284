using System.Globalization;

namespace Hub.Gateway.Series;

/// <summary>Times as the API says them: RFC 3339, in UTC, with as much of a fraction as there is.</summary>
internal static class Rfc3339
{
    public const int BytesMax = 28;

    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    // K takes Z and ±hh:mm; the fraction has at most the seven digits that a tick has.
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static int Write(long ticks, Span<byte> text)
    {
        new DateTime(ticks, DateTimeKind.Utc).TryFormat(text, out var length, Form, CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>A time with its offset; without one nobody knows which instant is meant.</summary>
    public static bool TryParse(string text, out DateTimeOffset at)
    {
        // In a query string a + that was not encoded arrives as a space.
        var whole = text.Replace(' ', '+').ToUpperInvariant();
        at = default;
        return whole.Length > 19
            && (whole[^1] == 'Z' || whole[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(whole, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out at);
    }
}
