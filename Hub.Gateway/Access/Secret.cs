using System.Security.Cryptography;

namespace Hub.Gateway.Access;

/// <summary>Secrets that the hub makes; nobody chooses one, so none can be guessed or known from elsewhere.</summary>
internal static class Secret
{
    /// <summary>Between a token and the password that is claimed with it; in neither of them.</summary>
    public const char ClaimMark = '.';

    private const int PasswordLength = 32;
    private const int TokenLength = 26;
    private const int PasswordLengthMax = 128;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // Without what a person mixes up: it may be typed from a sheet of paper.
    private const string TokenLetters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>190 bits; letters and digits alone, so that it fits into every device's form and every shell.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString(Letters, PasswordLength);

    /// <summary>128 bits.</summary>
    public static string NewToken() => RandomNumberGenerator.GetString(TokenLetters, TokenLength);

    /// <summary>Whether a device may bring this as its password: as long as one of ours, and no less plain.</summary>
    public static bool IsPassword(ReadOnlySpan<char> text) =>
        text.Length is >= PasswordLength and <= PasswordLengthMax
        && !text.ContainsAnyExcept(Letters + "-_") && text.ToArray().Distinct().Count() >= PasswordLength / 4;

    /// <summary>
    /// What hub.db knows of a token. A plain hash: among 2^128 tokens there is no list of likely ones to try.
    /// </summary>
    public static string HashToken(ReadOnlySpan<char> token) => Convert.ToHexStringLower(
        SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token.ToString())));
}
