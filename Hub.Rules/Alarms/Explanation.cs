namespace Hub.Rules.Alarms;

/// <summary>
/// Why an alarm was raised, as a template's key and its arguments; the sentence is made from them in any of the five
/// languages by <c>Explanations.Render</c>. Arguments are invariant text: numbers with a point, instants in RFC 3339
/// UTC.
/// </summary>
/// <param name="Key">The template's key, such as <c>W2</c>.</param>
/// <param name="Arguments">By name.</param>
public sealed record Explanation(string Key, IReadOnlyDictionary<string, string> Arguments);
