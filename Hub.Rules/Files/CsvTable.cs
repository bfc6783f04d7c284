using System.Text;

namespace Hub.Rules.Files;

/// <summary>
/// A table as spreadsheets write it (RFC 4180): a row of names, then rows of fields. Commas, semicolons or tabs, by the
/// first row; a byte order mark, empty rows and rows that begin with <c>#</c> are passed over.
/// </summary>
/// <param name="Columns">The names of the first row, in lower case.</param>
/// <param name="Rows">All that follow.</param>
public sealed record CsvTable(IReadOnlyList<string> Columns, IReadOnlyList<CsvRow> Rows)
{
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>
    /// The table, or null if there is no telling what its columns are; rows that won't do are left out.
    /// </summary>
    /// <param name="text">The file.</param>
    /// <param name="faults">Gets what is wrong.</param>
    /// <param name="rowsMax">More rows are a fault.</param>
    public static CsvTable? Read(string text, FaultList faults, int rowsMax)
    {
        var body = text.TrimStart('\uFEFF');
        var first = body.AsSpan(0, body.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : body.Length);
        var separator = Separators[0];
        foreach (var one in Separators)
        {
            separator = first.Count(one) > first.Count(separator) ? one : separator;
        }

        List<(int Line, List<string> Fields)> lines = [.. Split(body, separator, faults)
            .Where(row => row.Fields.Any(field => field.Length > 0) && !row.Fields[0].StartsWith('#'))];
        if (lines.Count == 0)
        {
            faults.Add(1, "", "", "the first row must name the columns");
            return null;
        }

        List<string> columns = [.. lines[0].Fields.Select(name => name.ToLowerInvariant())];
        foreach (var twice in columns.GroupBy(name => name).Where(group => group.Count() > 1 && group.Key.Length > 0))
        {
            faults.Add(lines[0].Line, twice.Key, twice.Key, "a column may be there once");
        }

        if (lines.Count - 1 > rowsMax)
        {
            faults.Add(
                lines[rowsMax].Line, "", "", $"there may be at most {rowsMax} rows; there are {lines.Count - 1}");
        }

        List<CsvRow> rows = [];
        foreach (var (line, fields) in lines.Skip(1).Take(rowsMax))
        {
            if (fields.Skip(columns.Count).FirstOrDefault(field => field.Length > 0) is { } stray)
            {
                faults.Add(
                    line, "", stray, $"the row has more fields than the {columns.Count} columns",
                    "put a field that has a separator in it between quotation marks");
                continue;
            }

            rows.Add(new CsvRow(line, columns, fields, faults));
        }

        return new CsvTable(columns, rows);
    }

    /// <summary>Notes every column that nobody knows, and every one that is missing.</summary>
    public void Require(IReadOnlyList<string> required, IReadOnlyList<string> optional, FaultList faults)
    {
        List<string> known = [.. required, .. optional];
        foreach (var stranger in Columns.Where(name => name.Length > 0 && !known.Contains(name)))
        {
            faults.Add(
                1, stranger, stranger, $"the columns are {string.Join(", ", known)}",
                Resemblance.DidYouMean(stranger, known));
        }

        foreach (var missing in required.Where(name => !Columns.Contains(name)))
        {
            faults.Add(1, missing, "", "this column must be there");
        }
    }

    private static IEnumerable<(int Line, List<string> Fields)> Split(string text, char separator, FaultList faults)
    {
        var (line, start) = (1, 1);
        var (isQuoted, wasQuoted) = (false, false);
        List<string> fields = [];
        var field = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            line += letter == '\n' ? 1 : 0;
            if (isQuoted)
            {
                if (letter != '"')
                {
                    field.Append(letter);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append(text[++i]);
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (letter == '"' && string.IsNullOrWhiteSpace(field.ToString()) && !wasQuoted)
            {
                (isQuoted, wasQuoted) = (true, true);
                field.Clear();
            }
            else if (letter == separator)
            {
                Take();
            }
            else if (letter == '\n')
            {
                Take();
                yield return (start, fields);
                (fields, start) = ([], line);
            }
            else if (letter != '\r')
            {
                field.Append(letter);
            }
        }

        if (isQuoted)
        {
            faults.Add(start, "", "", "a quotation mark is opened in this row and never closed");
        }
        else if (field.Length > 0 || fields.Count > 0)
        {
            Take();
            yield return (start, fields);
        }

        void Take()
        {
            fields.Add(field.ToString().Trim());
            field.Clear();
            wasQuoted = false;
        }
    }
}
