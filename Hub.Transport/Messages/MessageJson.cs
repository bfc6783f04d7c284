using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Hub.Transport.Messages;

/// <summary>The small messages' JSON, generated: a Raspberry Pi starts without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UnixSecondsConverter)])]
[JsonSerializable(typeof(AnswerMessage))]
[JsonSerializable(typeof(EdgeStatusMessage))]
[JsonSerializable(typeof(KioskStateMessage))]
internal sealed partial class MessageJson : JsonSerializerContext
{
    public static bool TryRead<T>(
        ReadOnlySpan<byte> json, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? message,
        [NotNullWhen(false)] out string? fault)
        where T : class
    {
        message = null;
        try
        {
            message = JsonSerializer.Deserialize(json, type);
            fault = message is null ? $"the message is null; a {typeof(T).Name} is needed" : null;
        }
        catch (JsonException e)
        {
            fault = $"the message is no {typeof(T).Name} at {e.Path ?? "its start"}: {e.Message}";
        }

        return fault is null;
    }
}
