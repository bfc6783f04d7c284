namespace Hub.Gateway.Inspections;

/// <summary>What a file is by its first bytes, whatever it is called. Pure.</summary>
public static class PhotoKind
{
    /// <summary>So many bytes tell.</summary>
    public const int BytesNeeded = 12;

    /// <summary>image/jpeg, image/png, image/webp or image/heic; null for anything else.</summary>
    public static string? Of(ReadOnlySpan<byte> first) => first switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] =>
            "image/webp",
        _ when first.Length < BytesNeeded => null,
        _ => first[4..].StartsWith("ftypheic"u8) || first[4..].StartsWith("ftypheix"u8) ? "image/heic" : null,
    };
}
