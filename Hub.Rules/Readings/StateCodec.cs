using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Hub.Rules.Readings;

/// <summary>
/// Writes a piece of state, or reads it back, by one description: what is saved and what is loaded can't drift apart.
/// Little-endian, as every machine this runs on; read beyond its end it throws <see cref="EndOfStreamException"/>.
/// </summary>
public sealed class StateCodec
{
    private byte[] _bytes;
    private int _at;
    private int _end;

    private StateCodec(byte[] bytes, int at, int end, bool isLoading) =>
        (_bytes, _at, _end, IsLoading) = (bytes, at, end, isLoading);

    public bool IsLoading { get; }

    /// <summary>How much has been written, or read.</summary>
    public int Length => _at;

    public bool IsAtEnd => _at == _end;

    /// <summary>Writes into these bytes, and into more if they aren't enough.</summary>
    public static StateCodec Saving(byte[] bytes) => new(bytes, 0, bytes.Length, isLoading: false);

    public static StateCodec Loading(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new StateCodec(array.Array!, array.Offset, array.Offset + array.Count, isLoading: true)
            : Loading(bytes.ToArray());

    /// <summary>What has been written; the codec goes on into other bytes.</summary>
    public ReadOnlyMemory<byte> Detach(byte[] next)
    {
        var written = _bytes.AsMemory(0, _at);
        (_bytes, _at, _end) = (next, 0, next.Length);
        return written;
    }

    /// <summary>Begins a block whose length stands before it; <see cref="EndBlock"/> takes what this gives.</summary>
    public int BeginBlock()
    {
        var length = 0;
        Sync(ref length);
        return _at;
    }

    public void EndBlock(int begin)
    {
        var length = _at - begin;
        MemoryMarshal.Write(_bytes.AsSpan(begin - sizeof(int)), in length);
    }

    /// <summary>Reads such a block, or steps over it.</summary>
    public StateCodec ReadBlock()
    {
        var length = 0;
        Sync(ref length);
        var begin = Take(length);
        return new StateCodec(_bytes, begin, begin + length, isLoading: true);
    }

    public void Sync(ref long value) => Fix(ref value);

    public void Sync(ref int value) => Fix(ref value);

    public void Sync(ref ushort value) => Fix(ref value);

    public void Sync(ref byte value) => Fix(ref value);

    public void Sync(ref double value) => Fix(ref value);

    public void Sync(ref float value) => Fix(ref value);

    public void Sync(ref bool value)
    {
        var bit = (byte)(value ? 1 : 0);
        Fix(ref bit);
        value = bit != 0;
    }

    public void Sync(ref string value)
    {
        var length = IsLoading ? 0 : Encoding.UTF8.GetByteCount(value);
        Fix(ref length);
        var at = Take(length);
        if (IsLoading)
        {
            value = Encoding.UTF8.GetString(_bytes, at, length);
        }
        else
        {
            Encoding.UTF8.GetBytes(value, _bytes.AsSpan(at));
        }
    }

    public void Sync(ref string? value, bool orNull)
    {
        var has = value is not null && orNull;
        Sync(ref has);
        var text = value ?? "";
        if (has)
        {
            Sync(ref text);
        }

        value = has ? text : null;
    }

    public void Sync(float[] values) => Fix(values);

    public void Sync(Span<ushort> values) => Fix(values);

    private void Fix<T>(ref T value)
        where T : unmanaged => Fix(new Span<T>(ref value));

    private void Fix<T>(Span<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        var at = Take(bytes.Length);
        if (IsLoading)
        {
            _bytes.AsSpan(at, bytes.Length).CopyTo(bytes);
        }
        else
        {
            bytes.CopyTo(_bytes.AsSpan(at));
        }
    }

    /// <summary>Where the next so many bytes are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Take(int length)
    {
        if ((uint)length > (uint)(_end - _at))
        {
            MakeRoom(length);
        }

        var at = _at;
        _at += length;
        return at;
    }

    private void MakeRoom(int length)
    {
        if (IsLoading)
        {
            throw new EndOfStreamException($"The state ends where {length} bytes more of it should stand.");
        }

        Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _at + length));
        _end = _bytes.Length;
    }
}
