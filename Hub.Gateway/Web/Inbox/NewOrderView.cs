namespace Hub.Gateway.Web.Inbox;

/// <summary>The form for an order that somebody has asked for.</summary>
/// <param name="Kinds">What it may be: keys of the <c>kind</c> words.</param>
/// <param name="Places">Where it may be, by the name that people say.</param>
/// <param name="Fields">What had been typed; empty on a fresh form.</param>
/// <param name="Trouble">Why it was not taken, as a sentence.</param>
public sealed record NewOrderView(
    IReadOnlyList<string> Kinds, IReadOnlyList<string> Places, IReadOnlyDictionary<string, string> Fields,
    string? Trouble = null)
{
    public string Typed(string field) => Fields.GetValueOrDefault(field, "");
}
