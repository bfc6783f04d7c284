using System.Buffers.Binary;

namespace Hub.Transport.Log;

/// <summary>
/// SQLite's write-ahead log, read without SQLite (its file format, section 4). SQLite takes everything behind the first
/// frame with a wrong checksum for a torn tail and forgets it without a word, also what it had committed. A frame's
/// checksum goes on from the one before, which stands in that one's head: so each frame can be checked by itself.
/// <code>
///   head 32: magic │ version │ page size │ sequence │ salt 8 │ checksum 8
///   frame  : page │ database size if it commits │ salt 8 │ checksum 8 │ the page
/// </code>
/// </summary>
internal static class WalFile
{
    public const int HeadBytes = 32;
    public const int FrameHeadBytes = 24;

    private const uint Magic = 0x377F0682;

    /// <summary>
    /// Whether frames are damaged that had been synced: a transaction is begun after the one before has been.
    /// </summary>
    public static bool IsDamaged(string path, int pageBytes)
    {
        var isBroken = false;
        var isEnded = false;
        foreach (var frame in Frames(path, pageBytes))
        {
            if (frame.IsOfThisRound && isEnded)
            {
                return true;
            }

            isBroken |= !frame.IsWhole;
            isEnded = isBroken && frame.IsOfThisRound && frame.IsCommit;
        }

        return false;
    }

    /// <summary>All frames in the file's order, also old ones behind those of this round.</summary>
    public static IEnumerable<WalFrame> Frames(string path, int pageBytes)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        var (head, frame) = (new byte[HeadBytes], new byte[FrameHeadBytes + pageBytes]);
        if (RandomAccess.Read(file, head, 0) < HeadBytes)
        {
            yield break;
        }

        var isBigEndian = (BinaryPrimitives.ReadUInt32BigEndian(head) & 1) == 1;
        var (s0, s1) = Sum(head.AsSpan(0, 24), isBigEndian, 0, 0);
        var isHeadWhole = (BinaryPrimitives.ReadUInt32BigEndian(head) & ~1u) == Magic
            && BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(8)) == pageBytes && IsSum(head.AsSpan(24), s0, s1);
        if (!isHeadWhole)
        {
            // Nobody says in which order the sums count bytes: then it is this machine's, which wrote them.
            isBigEndian = !BitConverter.IsLittleEndian;
        }

        var salt = isHeadWhole ? head.AsSpan(16, 8).ToArray() : null;
        (s0, s1) = Stored(head.AsSpan(24));
        for (var at = (long)HeadBytes; RandomAccess.Read(file, frame, at) == frame.Length; at += frame.Length)
        {
            (s0, s1) = Sum(frame.AsSpan(0, 8), isBigEndian, s0, s1);
            (s0, s1) = Sum(frame.AsSpan(FrameHeadBytes), isBigEndian, s0, s1);
            var isSum = IsSum(frame.AsSpan(16), s0, s1);
            if (isSum)
            {
                // Without a head: what stands first is of this round, what is left of earlier ones comes behind it.
                salt ??= frame.AsSpan(8, 8).ToArray();
            }

            var isOfThisRound = salt is not null && frame.AsSpan(8, 8).SequenceEqual(salt);
            yield return new WalFrame(
                BinaryPrimitives.ReadUInt32BigEndian(frame), at + FrameHeadBytes, isOfThisRound, isOfThisRound && isSum,
                BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) != 0);
            (s0, s1) = Stored(frame.AsSpan(16));
        }
    }

    private static (uint S0, uint S1) Sum(ReadOnlySpan<byte> bytes, bool isBigEndian, uint s0, uint s1)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            s0 += Word(bytes, isBigEndian) + s1;
            s1 += Word(bytes[4..], isBigEndian) + s0;
        }

        return (s0, s1);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, bool isBigEndian) => isBigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
        : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static (uint S0, uint S1) Stored(ReadOnlySpan<byte> sum) =>
        (BinaryPrimitives.ReadUInt32BigEndian(sum), BinaryPrimitives.ReadUInt32BigEndian(sum[4..]));

    private static bool IsSum(ReadOnlySpan<byte> stored, uint s0, uint s1) => Stored(stored) == (s0, s1);
}
