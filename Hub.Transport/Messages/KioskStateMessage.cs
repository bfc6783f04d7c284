using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Hub.Transport.Messages;

/// <summary>
/// The retained message on a kiosk's topic: all that a lobby may be shown, and never a name, a unit or a reason.
/// <code>
/// {"state":"accepted","pressedAt":1767600000,"promiseAt":1767600300,"repeats":1,"hotline":"400-…",
///  "languages":["zh-Hans","en"],"default":"zh-Hans","building":"…"}
/// </code>
/// </summary>
/// <param name="State">How far the call is.</param>
/// <param name="PressedAt">When the button was pressed; Unix seconds on the wire.</param>
/// <param name="PromiseAt">By when somebody is promised to be there.</param>
/// <param name="Repeats">How often it was pressed again.</param>
/// <param name="Hotline">The number to call.</param>
/// <param name="Languages">The languages to offer, as BCP 47 tags.</param>
/// <param name="Default">The one to start with.</param>
/// <param name="Building">The building's name.</param>
public sealed record KioskStateMessage(
    KioskState State, DateTimeOffset? PressedAt, DateTimeOffset? PromiseAt, int Repeats, string Hotline,
    IReadOnlyList<string> Languages, string Default, string Building)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, MessageJson.Default.KioskStateMessage);

    /// <summary>False with a sentence for anything else.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out KioskStateMessage? message,
        [NotNullWhen(false)] out string? fault) =>
        MessageJson.TryRead(json, MessageJson.Default.KioskStateMessage, out message, out fault);
}
