using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Transport.Messages;

/// <summary>An instant as Unix seconds: a screen needs no date format to count with them.</summary>
internal sealed class UnixSecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var seconds)
            && SenMlTime.TryFromUnixSeconds(seconds, out var at))
        {
            return at;
        }

        throw new JsonException("Unix seconds are needed.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(SenMlTime.ToUnixSeconds(value));
}
