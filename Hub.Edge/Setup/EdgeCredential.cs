using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Edge.Files;

namespace Hub.Edge.Setup;

/// <summary>
/// The edge's own password to the hub: made here, kept in a file that only the edge's user can read, and sent once
/// behind the one-time token that lets it in; afterwards alone.
/// </summary>
public static partial class EdgeCredential
{
    private const string FileName = "credential.json";
    private const int PasswordLength = 32;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The endpoint with what the edge signs in with; unchanged where its file says that.</summary>
    /// <param name="edge">The edge's id, and its user name.</param>
    /// <param name="dataFolder">Where the credential is kept; it exists.</param>
    /// <param name="hub">With a token to claim, or without one.</param>
    /// <exception cref="IOException">The credential can't be read or written.</exception>
    public static HubEndpoint SignIn(string edge, string dataFolder, HubEndpoint hub)
    {
        var path = Path.Combine(dataFolder, FileName);
        var kept = Read(path);
        if (hub.Token is not { } token)
        {
            return kept is null || hub.Password is not null
                ? hub
                : hub with { User = hub.User ?? edge, Password = kept.Password };
        }

        if (kept?.Token != token)
        {
            // A new token is a new life: whatever the password before it was known to, this one isn't.
            kept = new Kept(token, RandomNumberGenerator.GetString(Letters, PasswordLength));
            DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(kept, Json.Default.Kept));
        }

        // Also when the token is spent: the hub knows the password then, and its first answer may have been lost.
        return hub with { User = edge, Password = $"{token}.{kept.Password}" };
    }

    private static Kept? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), Json.Default.Kept);
        }
        catch (JsonException e)
        {
            throw new IOException(
                $"{path} can't be read as this edge's credential. Remove it, and enrol the edge with a new token.", e);
        }
    }

    internal sealed record Kept(string Token, string Password);

    [JsonSerializable(typeof(Kept))]
    private sealed partial class Json : JsonSerializerContext;
}
