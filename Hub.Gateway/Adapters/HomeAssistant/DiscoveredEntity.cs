using System.Text.Json;

namespace Hub.Gateway.Adapters.HomeAssistant;

/// <summary>One sensor or binary sensor that a device has announced.</summary>
/// <param name="Device">Whose.</param>
/// <param name="Meaning">What it measures.</param>
/// <param name="Class">Its device class, or its name without one.</param>
/// <param name="StateTopic">Where its values come.</param>
/// <param name="Value">Where in them.</param>
/// <param name="On">Of a binary sensor: the word for 1; else null.</param>
/// <param name="Off">Of a binary sensor: the word for 0; else null.</param>
internal sealed record DiscoveredEntity(
    string Device, Meaning Meaning, string Class, string StateTopic, ValueTemplate Value, string? On, string? Off)
{
    public bool IsSame(DiscoveredEntity other) =>
        (Device, Meaning.Signal, StateTopic) == (other.Device, other.Meaning.Signal, other.StateTopic);

    /// <summary>The value of a message; null if it has none for this entity.</summary>
    /// <param name="plain">The message as text, empty if it is longer than a value is.</param>
    /// <param name="json">The message as JSON, where the template wants it.</param>
    public double? Read(string plain, JsonElement? json)
    {
        if (On is null)
        {
            return Value.Number(plain, json);
        }

        var word = Value.Text(plain, json);
        return string.Equals(word, On, StringComparison.OrdinalIgnoreCase) ? 1
            : string.Equals(word, Off, StringComparison.OrdinalIgnoreCase) ? 0
            : null;
    }
}
