using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hub.Edge.Update;

/// <summary>
/// One signed file with all of a version in it. The signature is ECDSA on P-256 with SHA-256 (FIPS 186-5), as r and s,
/// over all that stands before it; the header holds the files' hash, so nothing is unpacked before it is known to be
/// whole.
/// <code>
///   "BHUPDATE" │ format u8 = 1 │ length u16 │ header, JSON │ signature 64 bytes │ files, tar.gz
/// </code>
/// </summary>
public static partial class UpdateFile
{
    private const int SignatureBytes = 64;
    private const int PrefixBytes = 8 + 1 + 2;
    private const int HeaderBytesMax = 4 << 10;
    private const byte Format = 1;

    private static ReadOnlySpan<byte> Magic => "BHUPDATE"u8;

    /// <summary>Packs and signs the files of a folder.</summary>
    /// <param name="output">Can seek.</param>
    public static UpdateHeader Write(string folder, string version, DateOnly made, ECDsa key, Stream output)
    {
        RequireVersion(version);
        using var packed = new FileStream(Path.GetTempFileName(), new FileStreamOptions
        {
            Access = FileAccess.ReadWrite,
            Mode = FileMode.Open,
            Options = FileOptions.DeleteOnClose,
        });
        using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            TarFile.CreateFromDirectory(folder, zip, includeBaseDirectory: false);
        }

        packed.Position = 0;
        var hash = Convert.ToHexStringLower(SHA256.HashData(packed));
        var header = new UpdateHeader(version, made, packed.Length, hash);
        var signed = Signed(JsonSerializer.SerializeToUtf8Bytes(header, UpdateJson.Default.UpdateHeader));
        output.Write(signed);
        output.Write(key.SignData(signed, HashAlgorithmName.SHA256));
        packed.Position = 0;
        packed.CopyTo(output);
        return header;
    }

    /// <summary>Reads the header, and checks all of the file; afterwards the stream is where the files begin.</summary>
    /// <exception cref="UpdateRefusedException">It isn't signed with that key, or not whole.</exception>
    public static UpdateHeader Verify(Stream update, ECDsa key)
    {
        try
        {
            var prefix = new byte[PrefixBytes];
            update.ReadExactly(prefix);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(prefix.AsSpan(9));
            if (!prefix.AsSpan(0, 8).SequenceEqual(Magic) || prefix[8] != Format || length > HeaderBytesMax)
            {
                throw new UpdateRefusedException($"This is no update of format {Format}.");
            }

            var json = new byte[length];
            update.ReadExactly(json);
            var signature = new byte[SignatureBytes];
            update.ReadExactly(signature);
            if (!key.VerifyData((byte[])[.. prefix, .. json], signature, HashAlgorithmName.SHA256))
            {
                throw new UpdateRefusedException("The update is not signed with the key that this machine trusts.");
            }

            var header = JsonSerializer.Deserialize(json, UpdateJson.Default.UpdateHeader)!;
            RequireVersion(header.Version);
            var filesAt = update.Position;
            if (update.Length - filesAt != header.Bytes
                || Convert.ToHexStringLower(SHA256.HashData(update)) != header.Sha256)
            {
                throw new UpdateRefusedException("The update's files are not those that were signed: fetch it again.");
            }

            update.Position = filesAt;
            return header;
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException)
        {
            throw new UpdateRefusedException("The update ends too early: fetch it again.", e);
        }
    }

    /// <summary>Unpacks the files, from where <see cref="Verify"/> has left the stream.</summary>
    public static void Unpack(Stream update, string folder)
    {
        using var files = new GZipStream(update, CompressionMode.Decompress, leaveOpen: true);
        TarFile.ExtractToDirectory(files, folder, overwriteFiles: false);
    }

    private static byte[] Signed(byte[] json)
    {
        var bytes = new byte[PrefixBytes + json.Length];
        Magic.CopyTo(bytes);
        bytes[8] = Format;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(9), (ushort)json.Length);
        json.CopyTo(bytes, PrefixBytes);
        return bytes;
    }

    private static void RequireVersion(string version)
    {
        if (!VersionNumber().IsMatch(version))
        {
            throw new UpdateRefusedException($"'{version}' is no version: write it like 1.4.0.");
        }
    }

    [GeneratedRegex(@"^\d{1,5}\.\d{1,5}\.\d{1,5}$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionNumber();
}
