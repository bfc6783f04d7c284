using System.Globalization;

namespace Hub.Rules.Files;

/// <summary>One thing wrong in a file that people write, said so that whoever wrote it can mend it.</summary>
/// <param name="File">The file's name, as it was handed in.</param>
/// <param name="Line">The line, from 1; 0 for the file as a whole.</param>
/// <param name="Field">The path to it: <c>spaces[3].kind</c>; empty for the file as a whole.</param>
/// <param name="Value">What is written there; empty if nothing is.</param>
/// <param name="Limit">What may be written there.</param>
/// <param name="Cure">What to do; empty if the limit says it.</param>
public sealed record Fault(string File, int Line, string Field, string Value, string Limit, string Cure)
{
    private const int ValueCharactersMax = 60;

    /// <summary><c>site.yaml:12: spaces[3].kind is 'flat'; it must be one of …; did you mean 'unit'?</c></summary>
    public override string ToString()
    {
        var place = Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}: ") : $"{File}: ";
        var written = Value.Length == 0 ? "missing" : $"'{OneLine()}'";
        var subject = Field.Length == 0 ? "" : $"{Field} is {written}; ";
        return place + subject + Limit + (Cure.Length == 0 ? "" : "; " + Cure);
    }

    private string OneLine()
    {
        var text = Value.Length <= ValueCharactersMax ? Value : string.Concat(Value.AsSpan(0, ValueCharactersMax), "…");
        return string.Create(text.Length, text, (line, from) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(from[i]) ? ' ' : from[i];
            }
        });
    }
}
