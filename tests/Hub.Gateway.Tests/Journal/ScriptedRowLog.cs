using Hub.Transport.Log;

namespace Hub.Gateway.Tests.Journal;

/// <summary>A log in memory whose disk can be told to hang, or to fail.</summary>
internal sealed class ScriptedRowLog : IRowLog
{
    private readonly List<byte[]> _rows = [];
    private readonly ManualResetEventSlim _mayAppend = new(true);
    private long _trimmed;

    public Exception? FailWith { get; set; }

    public SemaphoreSlim AppendBegun { get; } = new(0);

    public LogPosition Tail
    {
        get
        {
            lock (_rows)
            {
                return new LogPosition(_rows.Count);
            }
        }
    }

    public LogPosition First => new(_trimmed + 1);

    public long BytesUsed
    {
        get
        {
            lock (_rows)
            {
                return _rows.Skip((int)_trimmed).Sum(row => (long)row.Length);
            }
        }
    }

    public void Hang() => _mayAppend.Reset();

    public void Resume() => _mayAppend.Set();

    public void Damage(LogPosition position, int at)
    {
        lock (_rows)
        {
            _rows[(int)position.Value - 1][at] ^= 1;
        }
    }

    public LogPosition Append(ReadOnlySpan<byte> row)
    {
        AppendBegun.Release();
        _mayAppend.Wait();
        if (FailWith is { } failure)
        {
            throw failure;
        }

        lock (_rows)
        {
            _rows.Add(row.ToArray());
            return new LogPosition(_rows.Count);
        }
    }

    public LogPosition? ReadNext(LogPosition after, ref byte[] buffer, out int length)
    {
        lock (_rows)
        {
            var position = Math.Max(after.Value, _trimmed) + 1;
            if (position > _rows.Count)
            {
                length = 0;
                return null;
            }

            buffer = _rows[(int)position - 1].ToArray();
            length = buffer.Length;
            return new LogPosition(position);
        }
    }

    public void TrimThrough(LogPosition position) => _trimmed = Math.Max(_trimmed, position.Value);

    public void Dispose() => _mayAppend.Set();
}
