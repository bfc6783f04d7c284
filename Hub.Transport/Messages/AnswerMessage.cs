using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Transport.Messages;

/// <summary>
/// What an edge answers on its ack topic: to a command under the command's id, to a configuration under
/// <c>config:</c> and its version, <c>config:refused</c> if it could not read one.
/// <code>
/// {"id":"config:8","ok":false,"why":"config:3: lines[0].line = '99': …"}
/// </code>
/// </summary>
/// <param name="Id">What it is the answer to.</param>
/// <param name="Ok">Whether it was done.</param>
/// <param name="Why">Why not; of a configuration each fault on a line.</param>
public sealed record AnswerMessage(
    string Id, bool Ok, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Why = null)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, MessageJson.Default.AnswerMessage);

    /// <summary>False with a sentence for anything else.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out AnswerMessage? message,
        [NotNullWhen(false)] out string? fault) =>
        MessageJson.TryRead(json, MessageJson.Default.AnswerMessage, out message, out fault);
}
