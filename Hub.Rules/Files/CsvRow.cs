namespace Hub.Rules.Files;

/// <summary>
/// Reads one row of a table field by field; what is wrong is noted and reading goes on. After a fault a getter gives
/// null, as if nothing were written.
/// </summary>
public sealed class CsvRow(int line, IReadOnlyList<string> columns, IReadOnlyList<string> fields, FaultList faults)
{
    public int Line => line;

    /// <summary>What stands there; null for nothing.</summary>
    public string? Text(string column, bool required = false, int charactersMax = MapReader.TextCharactersMax)
    {
        if (Written(column) is not { Length: > 0 } text)
        {
            // A column that isn't there at all is one fault of the table, not one of each row.
            if (required && columns.Contains(column))
            {
                Refuse(column, "it must be given");
            }

            return null;
        }

        if (text.Length > charactersMax)
        {
            Refuse(column, $"it may have at most {charactersMax} characters");
            return null;
        }

        return text;
    }

    /// <summary>A stable, readable name of letters, digits and <c>- _ .</c>.</summary>
    public string? Id(string column, bool required = false)
    {
        if (Text(column, required, 64) is not { } text)
        {
            return null;
        }

        if (char.IsAsciiLetterOrDigit(text[0])
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            return text;
        }

        Refuse(column, "an id has letters a-z, digits, '-', '_' and '.', and begins with a letter or digit");
        return null;
    }

    /// <summary>One of some words.</summary>
    public string? Word(string column, IReadOnlyList<string> words, bool required = false)
    {
        if (Text(column, required) is not { } text)
        {
            return null;
        }

        if (words.FirstOrDefault(word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return known;
        }

        Refuse(column, $"it must be one of {string.Join(", ", words)}", Resemblance.DidYouMean(text, words));
        return null;
    }

    /// <summary>Notes that what stands there won't do.</summary>
    public void Refuse(string column, string limit, string cure = "") =>
        faults.Add(line, column, Written(column) ?? "", limit, cure);

    private string? Written(string column)
    {
        for (var i = 0; i < columns.Count && i < fields.Count; i++)
        {
            if (columns[i] == column)
            {
                return fields[i];
            }
        }

        return null;
    }
}
