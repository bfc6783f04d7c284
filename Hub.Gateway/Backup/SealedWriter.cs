using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Hub.Gateway.Backup;

/// <summary>
/// Writes what goes through it as sealed frames; the last one says that it is the last. Nothing is whole before it is
/// disposed.
/// </summary>
internal sealed class SealedWriter : Stream
{
    public const int FrameBytes = 64 * 1024;
    public const int TagBytes = 16;
    public const uint IsLast = 0x8000_0000;

    private readonly Stream _output;
    private readonly AesGcm _seal;
    private readonly byte[] _head;
    private readonly byte[] _frame = new byte[FrameBytes];
    private readonly byte[] _sealed = new byte[sizeof(uint) + FrameBytes + TagBytes];
    private int _length;
    private ulong _number;

    public SealedWriter(Stream output, BackupKey key)
    {
        _output = output;
        (_head, var frames) = BackupHead.New(key);
        _seal = new AesGcm(frames, TagBytes);
        CryptographicOperations.ZeroMemory(frames);
        output.Write(_head);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Which frame, and whether it is the last: a key seals one backup, so no nonce comes twice.</summary>
    public static void Nonce(Span<byte> nonce, ulong number, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(nonce, number);
        nonce[8] = isLast ? (byte)1 : (byte)0;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_length == FrameBytes)
            {
                Seal(isLast: false);
            }

            var part = buffer[..Math.Min(buffer.Length, FrameBytes - _length)];
            part.CopyTo(_frame.AsSpan(_length));
            _length += part.Length;
            buffer = buffer[part.Length..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Seals what is left; a writer that was not ended leaves a backup that is cut off.</summary>
    public void End() => Seal(isLast: true);

    protected override void Dispose(bool disposing)
    {
        _seal.Dispose();
        base.Dispose(disposing);
    }

    private void Seal(bool isLast)
    {
        Span<byte> nonce = stackalloc byte[12];
        Nonce(nonce, _number++, isLast);
        BinaryPrimitives.WriteUInt32LittleEndian(_sealed, (uint)_length | (isLast ? IsLast : 0));
        _seal.Encrypt(
            nonce, _frame.AsSpan(0, _length), _sealed.AsSpan(sizeof(uint), _length),
            _sealed.AsSpan(sizeof(uint) + _length, TagBytes), _head);
        _output.Write(_sealed, 0, sizeof(uint) + _length + TagBytes);
        _length = 0;
    }
}
