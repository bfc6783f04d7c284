using System.Security.Cryptography;

namespace Hub.Gateway.Inspections;

/// <summary>
/// Photos in the data folder, each under its own hash: the same one twice is one file. An upload grows in
/// <c>photos/parts</c> and is renamed when it is whole and its hash is right; what was answered for is on the disk.
/// </summary>
public sealed class PhotoFolder(string dataFolder)
{
    private const int GatesCount = 16;

    private readonly string _folder = Path.Combine(dataFolder, "photos");
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, GatesCount).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>
    /// How many bytes of it are here. A part as long as the whole, which a crash left before it was looked at, counts
    /// for nothing.
    /// </summary>
    public long Offset(PhotoNote photo) => IsWhole(photo.Sha256) ? photo.Bytes
        : new FileInfo(PartOf(photo.Sha256)) is { Exists: true } part && part.Length < photo.Bytes ? part.Length
        : 0;

    public bool IsWhole(string sha256) => File.Exists(PathOf(sha256));

    public Stream Open(string sha256) => File.OpenRead(PathOf(sha256));

    /// <summary>What it is by its first bytes.</summary>
    public string? KindOf(string sha256)
    {
        using var file = Open(sha256);
        return KindOf(file);
    }

    /// <summary>Takes the next bytes of a photo. When it returns, they are on the disk or refused.</summary>
    public async Task<PhotoAnswer> AppendAsync(PhotoNote photo, long offset, Stream bytes, CancellationToken cancel)
    {
        var gate = _gates[Convert.FromHexString(photo.Sha256[..2])[0] % GatesCount];
        await gate.WaitAsync(cancel);
        try
        {
            var have = Offset(photo);
            // Asked about a whole one, or told the same bytes again: that is done already.
            if (offset != have || have == photo.Bytes)
            {
                return new PhotoAnswer(have, offset == have ? null : PhotoFault.WrongOffset);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(PartOf(photo.Sha256))!);
            return await WriteAsync(photo, offset, bytes, cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<PhotoAnswer> WriteAsync(
        PhotoNote photo, long offset, Stream bytes, CancellationToken cancel)
    {
        var path = PartOf(photo.Sha256);
        await using (var part = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            part.SetLength(Math.Min(part.Length, offset));
            var begun = part.Seek(0, SeekOrigin.End);
            if (!await CopyAsync(bytes, part, photo.Bytes - begun, cancel))
            {
                part.SetLength(begun);
                return new PhotoAnswer(begun, PhotoFault.TooLong);
            }

            part.Flush(flushToDisk: true);
            if (part.Length < photo.Bytes)
            {
                return new PhotoAnswer(part.Length);
            }

            part.Position = 0;
            var kind = KindOf(part);
            part.Position = 0;
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(part, CancellationToken.None));
            if (kind is null || hash != photo.Sha256)
            {
                part.SetLength(0);
                return new PhotoAnswer(0, hash == photo.Sha256 ? PhotoFault.NoPhoto : PhotoFault.WrongHash);
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(photo.Sha256))!);
        File.Move(path, PathOf(photo.Sha256), overwrite: true);
        return new PhotoAnswer(photo.Bytes);
    }

    /// <summary>
    /// A line that breaks off leaves what has come: the phone asks for the offset and goes on from there. False if more
    /// comes than was announced.
    /// </summary>
    private static async Task<bool> CopyAsync(Stream from, FileStream to, long room, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                if ((room -= count) < 0)
                {
                    return false;
                }

                await to.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // What has been written so far is kept.
        }

        return true;
    }

    private static string? KindOf(Stream file)
    {
        Span<byte> first = stackalloc byte[PhotoKind.BytesNeeded];
        return PhotoKind.Of(first[..file.ReadAtLeast(first, PhotoKind.BytesNeeded, throwOnEndOfStream: false)]);
    }

    private string PathOf(string sha256) => Path.Combine(_folder, sha256);

    private string PartOf(string sha256) => Path.Combine(_folder, "parts", sha256);
}
