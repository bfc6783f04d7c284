using System.Buffers;
using System.Globalization;
using System.Text;

namespace Hub.Rules.Files;

/// <summary>The text of a table: as spreadsheets save it, and as they can open it.</summary>
public static class CsvText
{
    /// <summary>A spreadsheet takes a file for UTF-8 only if it begins with this.</summary>
    public const string ByteOrderMark = "\uFEFF";

    private const int Gb18030 = 54936;
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\t\r\n");

    /// <summary>UTF-8, else GB18030 as a Chinese spreadsheet saves it; null if it is neither.</summary>
    public static string? Decode(byte[] bytes) =>
        Decode(new UTF8Encoding(false, throwOnInvalidBytes: true), bytes)
        ?? Decode(
            CodePagesEncodingProvider.Instance.GetEncoding(
                Gb18030, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!,
            bytes);

    /// <summary>One line. What a spreadsheet would take for a formula is made a word.</summary>
    public static string Line(params IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string? Decode(Encoding encoding, byte[] bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Cell(string text)
    {
        var isFormula = text is ['=' or '@' or '\t', ..]
            || (text is ['+' or '-', ..] && !double.TryParse(text, CultureInfo.InvariantCulture, out _));
        text = isFormula ? "'" + text : text;
        return text.AsSpan().IndexOfAny(Quoted) < 0
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
