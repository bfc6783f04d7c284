namespace Hub.Rules.Readings;

/// <summary>
/// Writes a piece of state, or reads it back, by one description: what is saved and what is loaded can't drift apart.
/// </summary>
public sealed class StateCodec
{
    private readonly BinaryWriter? _writer;
    private readonly BinaryReader? _reader;

    public StateCodec(BinaryWriter writer) => _writer = writer;

    public StateCodec(BinaryReader reader) => _reader = reader;

    public bool IsLoading => _reader is not null;

    public void Sync(ref long value)
    {
        _writer?.Write(value);
        value = _reader?.ReadInt64() ?? value;
    }

    public void Sync(ref int value)
    {
        _writer?.Write(value);
        value = _reader?.ReadInt32() ?? value;
    }

    public void Sync(ref ushort value)
    {
        _writer?.Write(value);
        value = _reader?.ReadUInt16() ?? value;
    }

    public void Sync(ref byte value)
    {
        _writer?.Write(value);
        value = _reader?.ReadByte() ?? value;
    }

    public void Sync(ref bool value)
    {
        _writer?.Write(value);
        value = _reader?.ReadBoolean() ?? value;
    }

    public void Sync(ref double value)
    {
        _writer?.Write(value);
        value = _reader?.ReadDouble() ?? value;
    }

    public void Sync(ref float value)
    {
        _writer?.Write(value);
        value = _reader?.ReadSingle() ?? value;
    }

    public void Sync(ref string value)
    {
        _writer?.Write(value);
        value = _reader?.ReadString() ?? value;
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

    public void Sync(float[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Sync(ref values[i]);
        }
    }

    public void Sync(ushort[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Sync(ref values[i]);
        }
    }
}
