using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Hub.Gateway.Backup;

/// <summary>The readable beginning of a backup; drawn in README.md. Every frame vouches for it.</summary>
internal static class BackupHead
{
    public const int Bytes = 64;

    private const byte Version = 1;

    // More would be somebody who wants this machine to be busy for hours.
    private const int RoundsMax = 10_000_000;

    private static ReadOnlySpan<byte> Magic => "BHbackup"u8;

    public static (byte[] Head, byte[] Key) New(BackupKey key)
    {
        var head = new byte[Bytes];
        Magic.CopyTo(head);
        head[8] = Version;
        head[9] = key.Kind;
        var rounds = key is BackupKey.Passphrase ? BackupKey.Passphrase.Rounds : 0;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), rounds);
        RandomNumberGenerator.Fill(head.AsSpan(16, 32));
        var (frames, check) = key.Derive(head.AsSpan(16, 32), rounds);
        check.CopyTo(head, 48);
        return (head, frames);
    }

    /// <exception cref="InvalidDataException">
    /// It is no backup, of a later version, or locked with another key.
    /// </exception>
    public static byte[] Open(ReadOnlySpan<byte> head, BackupKey key)
    {
        if (head.Length != Bytes || !head[..8].SequenceEqual(Magic))
        {
            throw new InvalidDataException("This is no backup of a hub.");
        }

        var rounds = BinaryPrimitives.ReadInt32LittleEndian(head[12..]);
        if (head[8] != Version || rounds is < 0 or > RoundsMax)
        {
            throw new InvalidDataException($"The backup is of version {head[8]}; this hub reads version {Version}.");
        }

        if (head[9] != key.Kind)
        {
            throw new InvalidDataException(
                $"The backup was locked with a {(key.Kind == 1 ? "key file" : "passphrase")}; give that.");
        }

        var (frames, check) = key.Derive(head.Slice(16, 32), rounds);
        return CryptographicOperations.FixedTimeEquals(check, head[48..])
            ? frames
            : throw new InvalidDataException("The passphrase or key is not the one that the backup was locked with.");
    }
}
