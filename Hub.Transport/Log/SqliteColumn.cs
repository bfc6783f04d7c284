using System.Globalization;

namespace Hub.Transport.Log;

/// <summary>A column as its table describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type, from which SQLite's affinity follows (its "Datatypes", 3.1).</param>
/// <param name="IsRequired">It is never null.</param>
/// <param name="IsRowId">It is the row's number, and null in the record.</param>
public sealed record SqliteColumn(string Name, string Type, bool IsRequired, bool IsRowId)
{
    /// <summary>Whether SQLite could have stored that there.</summary>
    internal bool Fits(object? value) => value switch
    {
        null => IsRowId || !IsRequired,
        _ when IsRowId => false,
        long => !Has("CHAR", "TEXT", "CLOB"),
        double => !Has("CHAR", "TEXT", "CLOB", "INT"),
        string => !Has("INT", "REAL", "BLOB"),
        _ => !Has("INT", "REAL", "TEXT", "CHAR", "CLOB"),
    };

    private bool Has(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (CultureInfo.InvariantCulture.CompareInfo.IndexOf(Type, word, CompareOptions.OrdinalIgnoreCase) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
