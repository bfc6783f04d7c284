using System.Buffers;
using System.IO.Pipelines;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// What goes out on one connection, from whichever thread: the connection's own, the journal's, a publisher's. Packets
/// are gathered and sent in one go by <see cref="Flush"/>; while the socket is busy they wait. Idle, it holds no
/// buffer.
/// </summary>
/// <param name="pipe">Where it goes.</param>
/// <param name="options">The limits.</param>
/// <param name="onRoom">Called when all is sent and something had found no room.</param>
internal sealed class ConnectionOutput(PipeWriter pipe, BrokerOptions options, Action onRoom) : IBufferWriter<byte>
{
    private const int BufferBytesMin = 256;

    private readonly Lock _gate = new();
    private byte[] _waiting = [];
    private int _length;
    private bool _isSending;
    private bool _isClosed;
    private bool _wasFull;
    private Task _sending = Task.CompletedTask;

    /// <summary>The client doesn't read: twice the limit waits, in spite of all that was dropped.</summary>
    public bool IsHopeless => Volatile.Read(ref _length) > 2L * options.OutboundBytesMax;

    /// <summary>So much waits (or the end has come) that QoS 0 is dropped and QoS 1 stays in its queue.</summary>
    public bool IsFull => Volatile.Read(ref _isClosed) || Volatile.Read(ref _length) > options.OutboundBytesMax;

    /// <summary>The longest packet that the client takes; a longer one is not sent (3.1.2.11.4).</summary>
    public long PacketBytesMax { get; set; } = long.MaxValue;

    /// <summary>Writes a packet that must go out; false if it is longer than the client takes.</summary>
    public bool Write(MqttPacket packet, MqttVersion version)
    {
        lock (_gate)
        {
            return !_isClosed && Write_NeedsLock(packet, version);
        }
    }

    /// <summary>Writes a packet unless too much waits already; false if it was dropped.</summary>
    public bool TryWrite(MqttPacket packet, MqttVersion version)
    {
        lock (_gate)
        {
            _wasFull |= _length > options.OutboundBytesMax;
            return !_isClosed && _length <= options.OutboundBytesMax && Write_NeedsLock(packet, version);
        }
    }

    public void WriteAnswers(ReadOnlySpan<PublishAnswer> answers, MqttVersion version)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            Ensure(answers.Length * PublishAnswer.BytesMax);
            foreach (ref readonly var answer in answers)
            {
                _length += answer.Write(_waiting.AsSpan(_length), version);
            }
        }
    }

    /// <summary>Sends all that waits, without waiting for it.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_isSending || _length == 0)
            {
                return;
            }

            _isSending = true;
        }

        _sending = SendAsync();
    }

    /// <summary>Sends what waits, at most for so long, and takes nothing more.</summary>
    public async Task CloseAsync(TimeSpan patience)
    {
        Flush();
        try
        {
            await _sending.WaitAsync(patience, options.NetworkTime);
        }
        catch (TimeoutException)
        {
            // A client that doesn't read doesn't get its farewell.
        }

        lock (_gate)
        {
            _isClosed = true;
            GiveBack_NeedsLock();
        }
    }

    void IBufferWriter<byte>.Advance(int count) => _length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Ensure(sizeHint);
        return _waiting.AsMemory(_length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        Ensure(sizeHint);
        return _waiting.AsSpan(_length);
    }

    private async Task SendAsync()
    {
        try
        {
            while (TryTake(out var buffer, out var length))
            {
                pipe.Write(buffer.AsSpan(0, length));
                ArrayPool<byte>.Shared.Return(buffer);
                var flushed = await pipe.FlushAsync();
                if (flushed.IsCompleted || flushed.IsCanceled)
                {
                    Close();
                }
            }

            if (TakeWasFull())
            {
                onRoom();
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or OperationCanceledException)
        {
            // The transport is gone; its reading side tells the connection.
            Close();
        }
    }

    private bool TryTake(out byte[] buffer, out int length)
    {
        lock (_gate)
        {
            (buffer, length) = (_waiting, _length);
            _isSending = length > 0 && !_isClosed;
            if (_isSending)
            {
                (_waiting, _length) = ([], 0);
            }
            else
            {
                GiveBack_NeedsLock();
            }

            return _isSending;
        }
    }

    private bool Write_NeedsLock(MqttPacket packet, MqttVersion version)
    {
        var before = _length;
        MqttCodec.Write(this, packet, version);
        var fits = _length - before <= PacketBytesMax;
        _length = fits ? _length : before;
        return fits;
    }

    private bool TakeWasFull()
    {
        lock (_gate)
        {
            var wasFull = _wasFull && !_isClosed;
            _wasFull = false;
            return wasFull;
        }
    }

    private void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    private void GiveBack_NeedsLock()
    {
        if (_waiting.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_waiting);
        }

        (_waiting, _length) = ([], 0);
    }

    private void Ensure(int more)
    {
        if (_length + more <= _waiting.Length)
        {
            return;
        }

        var bytes = Math.Max(BufferBytesMin, Math.Max(_length + more, _waiting.Length * 2));
        var larger = ArrayPool<byte>.Shared.Rent(bytes);
        _waiting.AsSpan(0, _length).CopyTo(larger);
        if (_waiting.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_waiting);
        }

        _waiting = larger;
    }
}
