using System.Globalization;
using System.Security.Cryptography;

namespace Hub.Gateway.Access;

/// <summary>
/// Passwords as they stand in hub.db: <c>pbkdf2-sha256:{iterations}:{salt}:{hash}</c>, base64. Pure but for the salt.
/// </summary>
internal static class PasswordHash
{
    /// <summary>
    /// 2 to 4 ms. The passwords are made by machines, of 190 bits: a stolen hash is beyond guessing at any count, and
    /// 600,000, as for what people choose, would keep a fleet that reconnects after a power cut out for half an hour.
    /// </summary>
    private const int Iterations = 10_000;

    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const string Scheme = "pbkdf2-sha256";

    /// <summary>Of no password; who asks for an unknown name waits as long as for a known one.</summary>
    public static readonly string Decoy = Of("decoy"u8);

    public static string Of(ReadOnlySpan<byte> password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, HashBytes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Scheme}:{Iterations}:{Convert.ToBase64String(salt)}:{Convert.ToBase64String(hash)}");
    }

    /// <summary>Whether it is the password; also by the iterations of an older hash.</summary>
    public static bool Verify(ReadOnlySpan<byte> password, string stored)
    {
        if (stored.Split(':') is not [Scheme, var count, var salt, var hash])
        {
            return false;
        }

        var expected = Convert.FromBase64String(hash);
        var actual = Rfc2898DeriveBytes.Pbkdf2(
            password, Convert.FromBase64String(salt), int.Parse(count, CultureInfo.InvariantCulture),
            HashAlgorithmName.SHA256, expected.Length);
        return CryptographicOperations.FixedTimeEquals(actual, expected);
    }
}
