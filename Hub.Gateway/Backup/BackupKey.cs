using System.Security.Cryptography;
using System.Text;

namespace Hub.Gateway.Backup;

/// <summary>What a backup is locked with. Each backup has a key of its own, made of this and its own salt.</summary>
public abstract record BackupKey
{
    private BackupKey()
    {
    }

    /// <summary>What the head says it was locked with.</summary>
    public abstract byte Kind { get; }

    /// <summary>The secret as bytes of no length in particular; the head's salt and rounds say how.</summary>
    protected abstract byte[] Secret(ReadOnlySpan<byte> salt, int rounds);

    /// <summary>The key of the frames, and what tells a wrong secret from a damaged file.</summary>
    internal (byte[] Frames, byte[] Check) Derive(ReadOnlySpan<byte> salt, int rounds)
    {
        var secret = Secret(salt, rounds);
        var keys = (Of("frames", 32, salt), Of("check", 16, salt));
        CryptographicOperations.ZeroMemory(secret);
        return keys;

        byte[] Of(string what, int length, ReadOnlySpan<byte> salted)
        {
            var key = new byte[length];
            var info = Encoding.UTF8.GetBytes($"buildinghub {what}");
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salted, info);
            return key;
        }
    }

    /// <summary>Words that a person keeps.</summary>
    public sealed record Passphrase : BackupKey
    {
        /// <summary>Shorter ones are guessed, however many rounds a guess costs.</summary>
        public const int LettersMin = 12;

        /// <summary>PBKDF2 with SHA-256: as many as OWASP's cheat sheet asks for.</summary>
        public const int Rounds = 600_000;

        private readonly string _words;

        /// <exception cref="FormatException">It is too short.</exception>
        public Passphrase(string words) => _words = words.Length >= LettersMin
            ? words
            : throw new FormatException(
                $"A passphrase needs {LettersMin} letters or more; this one has {words.Length}.");

        public override byte Kind => 1;

        protected override byte[] Secret(ReadOnlySpan<byte> salt, int rounds) =>
            Rfc2898DeriveBytes.Pbkdf2(_words, salt, rounds, HashAlgorithmName.SHA256, 32);
    }

    /// <summary>A file of random bytes, such as <c>head -c 32 /dev/urandom</c> makes.</summary>
    public sealed record KeyFile : BackupKey
    {
        public const int BytesMin = 32;
        public const int BytesMax = 4096;

        private readonly byte[] _bytes;

        /// <exception cref="FormatException">It is too short, or no key at all.</exception>
        public KeyFile(byte[] bytes) => _bytes = bytes.Length is >= BytesMin and <= BytesMax
            ? bytes
            : throw new FormatException(
                $"A key file has {BytesMin} to {BytesMax} random bytes; this one has {bytes.Length}.");

        public override byte Kind => 2;

        protected override byte[] Secret(ReadOnlySpan<byte> salt, int rounds) => [.. _bytes];
    }
}
