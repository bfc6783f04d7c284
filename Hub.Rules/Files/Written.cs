namespace Hub.Rules.Files;

/// <summary>What is written in a YAML file, with lines. The private constructor closes the family.</summary>
/// <param name="Line">The line it begins on, from 1.</param>
public abstract record Written(int Line)
{
    /// <summary>One word, number or text; empty if nothing is written.</summary>
    public sealed record Scalar(int Line, string Text) : Written(Line);

    public sealed record List(int Line, IReadOnlyList<Written> Items) : Written(Line);

    /// <summary>Entries in the order of the file; a key may stand twice, which is for the reader to refuse.</summary>
    public sealed record Map(int Line, IReadOnlyList<(string Key, int Line, Written Value)> Entries) : Written(Line);

    /// <summary>Short text of it for a fault.</summary>
    public string Summary() => this switch
    {
        Scalar scalar => scalar.Text,
        List => "[…]",
        _ => "{…}",
    };
}
