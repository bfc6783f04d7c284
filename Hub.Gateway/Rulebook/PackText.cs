using System.Security.Cryptography;
using System.Text;

namespace Hub.Gateway.Rulebook;

/// <summary>The identity of a pack's text: what was tested is what is activated, to the letter.</summary>
internal static class PackText
{
    public const int BytesMax = 1 << 20;

    public static string HashOf(string yaml) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml)));
}
