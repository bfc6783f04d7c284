using System.Globalization;
using System.Text.Json;

namespace Hub.Rules.Site;

/// <summary>
/// A place in a JSON payload: <c>$.meter.total</c>, <c>$.rows[0]['flow rate']</c>, or <c>$</c> for the whole of it.
/// The part of JSONPath (RFC 9535) that names one place.
/// </summary>
public sealed record PayloadPath(string Text)
{
    public const int StepsMax = 16;

    private readonly List<Step> _steps = [];

    /// <summary>The path, or null with what is wrong with it.</summary>
    public static PayloadPath? TryParse(string text, out string wrong)
    {
        var path = new PayloadPath(text);
        var at = text.StartsWith('$') ? 1 : -1;
        while (at > 0 && at < text.Length && path._steps.Count < StepsMax)
        {
            at = text[at] == '.' ? path.TakeName(at + 1) : text[at] == '[' ? path.TakeBracket(at + 1) : -1;
        }

        wrong = at == text.Length
            ? ""
            : $"it must be a path such as $.meter.total or $.rows[0]['flow rate'], at most {StepsMax} steps long";
        return at == text.Length ? path : null;
    }

    /// <summary>What is there; null if nothing is.</summary>
    public JsonElement? Find(JsonElement root)
    {
        foreach (var step in _steps)
        {
            if (step.Name is { } name)
            {
                if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out root))
                {
                    return null;
                }
            }
            else if (root.ValueKind == JsonValueKind.Array && step.Index < root.GetArrayLength())
            {
                root = root[step.Index];
            }
            else
            {
                return null;
            }
        }

        return root;
    }

    public bool Equals(PayloadPath? other) => other is not null && other.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    private int TakeName(int at)
    {
        var end = at;
        while (end < Text.Length && Text[end] is not ('.' or '['))
        {
            end++;
        }

        _steps.Add(new Step(Text[at..end], 0));
        return end > at && Text.AsSpan(at, end - at).IndexOfAny("]'\" *") < 0 ? end : -1;
    }

    private int TakeBracket(int at)
    {
        var close = Text.IndexOf(']', at);
        if (close <= at)
        {
            return -1;
        }

        if (Text[at] is '\'' or '"')
        {
            var quote = Text.IndexOf(Text[at], at + 1);
            if (quote <= at + 1 || quote + 1 >= Text.Length || Text[quote + 1] != ']')
            {
                return -1;
            }

            _steps.Add(new Step(Text[(at + 1)..quote], 0));
            return quote + 2;
        }

        if (!int.TryParse(Text.AsSpan(at, close - at), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return -1;
        }

        _steps.Add(new Step(null, index));
        return close + 1;
    }

    private readonly record struct Step(string? Name, int Index);
}
