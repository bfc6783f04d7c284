using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Hub.Transport.Messages;

/// <summary>
/// The retained message on an edge's status topic: its birth, and as the will its death.
/// <code>
/// {"state":"online","epoch":"…","since":1767600000,"version":"0.1.0","config":"7"}
/// </code>
/// </summary>
/// <param name="State">Online or offline.</param>
/// <param name="Epoch">The outbox's epoch.</param>
/// <param name="Since">When the edge started; Unix seconds on the wire.</param>
/// <param name="Version">The edge's program.</param>
/// <param name="Config">The version of the configuration that it runs with.</param>
public sealed record EdgeStatusMessage(
    EdgeState State, string? Epoch = null, DateTimeOffset? Since = null, string? Version = null, string? Config = null)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, MessageJson.Default.EdgeStatusMessage);

    /// <summary>False with a sentence for anything else.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out EdgeStatusMessage? message,
        [NotNullWhen(false)] out string? fault) =>
        MessageJson.TryRead(json, MessageJson.Default.EdgeStatusMessage, out message, out fault);
}
