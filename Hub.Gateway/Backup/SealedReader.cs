using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Hub.Gateway.Backup;

/// <summary>
/// Reads what <see cref="SealedWriter"/> wrote. Nothing comes out of a frame that was touched, moved, or cut off.
/// </summary>
internal sealed class SealedReader : Stream
{
    private readonly Stream _input;
    private readonly AesGcm _seal;
    private readonly byte[] _head = new byte[BackupHead.Bytes];
    private readonly byte[] _sealed = new byte[SealedWriter.FrameBytes + SealedWriter.TagBytes];
    private readonly byte[] _frame = new byte[SealedWriter.FrameBytes];
    private int _at;
    private int _length;
    private ulong _number;
    private bool _isAtEnd;

    /// <exception cref="InvalidDataException">It is no backup, or locked with another key.</exception>
    public SealedReader(Stream input, BackupKey key)
    {
        _input = input;
        Fill(_head);
        var frames = BackupHead.Open(_head, key);
        _seal = new AesGcm(frames, SealedWriter.TagBytes);
        CryptographicOperations.ZeroMemory(frames);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_at == _length && !_isAtEnd)
        {
            Open();
        }

        var part = _frame.AsSpan(_at, Math.Min(buffer.Length, _length - _at));
        part.CopyTo(buffer);
        _at += part.Length;
        return part.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _seal?.Dispose();
        base.Dispose(disposing);
    }

    private void Open()
    {
        Span<byte> size = stackalloc byte[sizeof(uint)];
        Fill(size);
        var word = BinaryPrimitives.ReadUInt32LittleEndian(size);
        _isAtEnd = (word & SealedWriter.IsLast) != 0;
        var length = word & ~SealedWriter.IsLast;
        if (length > SealedWriter.FrameBytes)
        {
            throw Damaged();
        }

        var whole = _sealed.AsSpan(0, (int)length + SealedWriter.TagBytes);
        Fill(whole);
        Span<byte> nonce = stackalloc byte[12];
        SealedWriter.Nonce(nonce, _number++, _isAtEnd);
        try
        {
            _seal.Decrypt(nonce, whole[..(int)length], whole[(int)length..], _frame.AsSpan(0, (int)length), _head);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Damaged();
        }

        (_at, _length) = (0, (int)length);
        if (_isAtEnd && _input.ReadByte() >= 0)
        {
            throw new InvalidDataException("The backup goes on after its end.");
        }
    }

    private void Fill(Span<byte> buffer)
    {
        if (_input.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw new InvalidDataException("The backup is cut off.");
        }
    }

    private InvalidDataException Damaged() =>
        new($"The backup is damaged: part {_number} of {SealedWriter.FrameBytes / 1024} KiB is not what was written.");
}
