using System.Security.Cryptography;
using Hub.Gateway.Inspections;

namespace Hub.Gateway.Tests.Inspections;

/// <summary>Bytes that begin like a JPEG, the same for the same seed.</summary>
internal static class Photos
{
    public static byte[] Make(Random random, int bytes)
    {
        var photo = new byte[bytes];
        random.NextBytes(photo);
        new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }.CopyTo(photo, 0);
        return photo;
    }

    public static PhotoNote Note(byte[] photo, string? item = null) => new(HashOf(photo), photo.Length, item);

    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
