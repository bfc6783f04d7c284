using System.Buffers;
using System.Globalization;
using System.Text;

namespace Hub.Gateway.Adapters;

/// <summary>
/// Names that people gave, as names fit for a point's id (RFC 8428, 4.5.1): a blank becomes <c>_</c>, every other
/// character that can't stand becomes its number, <c>:6C34</c>, so that two devices never become one.
/// </summary>
internal static class DeviceNames
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-./_");

    /// <summary>Null if there is nothing left that could be a name, or it is too long.</summary>
    public static string? Of(string name, int charactersMax)
    {
        if (name.Length is 0 || name.Length > charactersMax)
        {
            return null;
        }

        if (char.IsAsciiLetterOrDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(Plain) && name[^1] != '/')
        {
            return name;
        }

        var plain = new StringBuilder(name.Length * 2);
        foreach (var c in name.AsSpan().Trim("/ "))
        {
            if (c == ' ')
            {
                plain.Append('_');
            }
            else if (Plain.Contains(c))
            {
                plain.Append(c);
            }
            else
            {
                plain.Append(CultureInfo.InvariantCulture, $":{(int)c:X4}");
            }
        }

        return plain.Length == 0 || plain.Length > charactersMax ? null
            : char.IsAsciiLetterOrDigit(plain[0]) ? plain.ToString()
            : $"n{plain}";
    }

    /// <summary>A property's name as a signal's: small letters and digits, dots between.</summary>
    public static string Signal(string property)
    {
        var signal = new StringBuilder(property.Length);
        foreach (var c in property)
        {
            signal.Append(char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '.');
        }

        return signal.ToString().Trim('.');
    }
}
