namespace Hub.Rules.Alarms;

/// <summary>
/// One language's sentences, as they stand in <c>Texts/*.json</c>: <c>{name:format}</c> is a place for an argument.
/// </summary>
internal sealed record SentenceTexts
{
    public required SentenceFormats Formats { get; init; }

    /// <summary>By the explanation's key.</summary>
    public required Dictionary<string, string> Sentences { get; init; }
}
