using System.Security.Cryptography;
using System.Text;
using Hub.Edge.Files;

namespace Hub.Edge.Kiosk;

/// <summary>
/// One token for each rendered form, so that a double click or a retried submit is one press. The press's id comes from
/// the token, so even a retry over a restart is known as the same press by the hub.
/// </summary>
public sealed class PressTokens(byte[] key)
{
    private const int TokenBytes = 16;
    private const int SealBytes = 16;
    private const int UsedMax = 512;
    private const int KeyBytes = 32;

    private readonly Lock _gate = new();
    private readonly Queue<string> _usedInOrder = new();
    private readonly HashSet<string> _used = [];

    /// <param name="folder">Where the key is kept, so that a form of before a restart still presses.</param>
    public static PressTokens Open(string folder)
    {
        var path = Path.Combine(folder, "kiosk.key");
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path) is { Length: KeyBytes } kept)
            {
                return new PressTokens(kept);
            }

            DurableFile.Write(path, key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that takes or gives nothing: then a form of before a restart has to be loaded again.
        }

        return new PressTokens(key);
    }

    public string Issue()
    {
        Span<byte> token = stackalloc byte[TokenBytes + SealBytes];
        RandomNumberGenerator.Fill(token[..TokenBytes]);
        Seal(token[..TokenBytes], token[TokenBytes..]);
        return Convert.ToHexStringLower(token);
    }

    /// <summary>Takes a token once; null for one that was not issued here, and whether it is the first time.</summary>
    public (string PressId, bool IsFirst)? Take(string token)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes + SealBytes];
        Span<byte> expected = stackalloc byte[SealBytes];
        if (token.Length != bytes.Length * 2
            || Convert.FromHexString(token, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return null;
        }

        Seal(bytes[..TokenBytes], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes[TokenBytes..]))
        {
            return null;
        }

        var id = Convert.ToHexStringLower(bytes[..TokenBytes]);
        return (id, MarkUsed(id));
    }

    private bool MarkUsed(string id)
    {
        lock (_gate)
        {
            if (!_used.Add(id))
            {
                return false;
            }

            // The oldest is forgotten first; the hub would still know its press by its id.
            _usedInOrder.Enqueue(id);
            if (_usedInOrder.Count > UsedMax)
            {
                _used.Remove(_usedInOrder.Dequeue());
            }

            return true;
        }
    }

    private void Seal(ReadOnlySpan<byte> token, Span<byte> seal)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var message = new byte[Encoding.ASCII.GetByteCount("press") + token.Length];
        Encoding.ASCII.GetBytes("press", message);
        token.CopyTo(message.AsSpan(5));
        HMACSHA256.HashData(key, message, hash);
        hash[..SealBytes].CopyTo(seal);
    }
}
