using System.Buffers;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// One read turn: all whole packets that have come. Publishes for the journal go into one batch as they are read;
/// nothing is allocated for a message, and no lock taken but once a run of messages of one edge.
/// </summary>
internal sealed partial class BrokerConnection
{
    private readonly Lock _windowGate = new();
    private PublishBatch? _batch;
    private Lock? _batchGate;
    private int _unanswered;
    private int _unansweredOnce;
    private TaskCompletionSource? _window;
    private IntakeRoute? _unprepared;
    private ReadOnlyMemory<byte> _unpreparedPayload;

    /// <summary>The journal has committed so many of its messages, and the answers to them are written.</summary>
    public void Answered(PublishBatch batch)
    {
        foreach (var message in batch.Taken)
        {
            _session!.Commit(message.PacketId);
        }

        _broker.Counters.AddAcknowledged(batch.Count - batch.PubCompCount);
        Interlocked.Add(ref _unansweredOnce, -batch.PubAckCount);
        if (Interlocked.Add(ref _unanswered, -batch.Count) <= _options.ReceiveMax)
        {
            OpenWindow();
        }
    }

    private void TakeTurn(ref ReadOnlySequence<byte> input)
    {
        var received = 0;
        try
        {
            while (!input.IsEmpty && !_isOrderly && !IsPaceSpent && _unprepared is null)
            {
                var segment = input.FirstSpan;
                var taken = TakePackets(segment, ref received);
                input = input.Slice(taken);
                if (taken > 0 && taken == segment.Length)
                {
                    // The next one may begin with a whole packet.
                    continue;
                }

                // What is left of this segment is a part of a packet: its rest is in the next ones, or still to come.
                if (_unprepared is not null || IsPaceSpent || input.IsSingleSegment
                    || !TryTakeSplitPacket(ref input, ref received))
                {
                    return;
                }
            }
        }
        finally
        {
            // Even when a later packet offends: what has been decided about must reach the journal.
            HandOver();
            Output.Flush();
            _broker.Counters.AddReceived(received);
        }
    }

    /// <summary>Takes whole packets off a span; gives the bytes taken.</summary>
    private int TakePackets(ReadOnlySpan<byte> span, ref int received)
    {
        var at = 0;
        while (!_isOrderly && !IsPaceSpent && at < span.Length)
        {
            RequireClients((MqttPacketType)(span[at] >> 4));
            if (!MqttFrame.TrySplit(span[at..], Version, _options.PacketBytesMax, out var frame))
            {
                break;
            }

            if (frame.Type == MqttPacketType.Publish)
            {
                if (!TryTakePublish(frame, span.Slice(at, frame.Length)))
                {
                    return at;
                }

                received++;
                _asked++;
            }
            else
            {
                _asked += IsAnswer(frame.Type) ? 0 : 1;
                TakeControl(Parse(span.Slice(at, frame.Length)));
            }

            at += frame.Length;
        }

        return _isOrderly ? span.Length : at;
    }

    /// <summary>What no client may send now is refused at its first byte, whatever else is wrong with it.</summary>
    private static void RequireClients(MqttPacketType type)
    {
        if (type is 0 or MqttPacketType.Connect or MqttPacketType.ConnAck or MqttPacketType.SubAck
            or MqttPacketType.UnsubAck or MqttPacketType.PingResp or MqttPacketType.Auth)
        {
            throw new MqttProtocolException(
                MqttReason.ProtocolError, $"A packet of type {(int)type} has no place in a connection of a client.");
        }
    }

    /// <summary>A packet that lies across segments is copied together; it is one of many, or a large one.</summary>
    private bool TryTakeSplitPacket(ref ReadOnlySequence<byte> input, ref int received)
    {
        Span<byte> head = stackalloc byte[5];
        head = head[..(int)Math.Min(head.Length, input.Length)];
        input.Slice(0, head.Length).CopyTo(head);
        // The splitter has the last word on what is allowed; here only the length counts.
        MqttFrame.TrySplit(head, Version, _options.PacketBytesMax, out _);
        if (LengthOf(head) is not { } length || input.Length < length)
        {
            return false;
        }

        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            input.Slice(0, length).CopyTo(whole);
            var taken = TakePackets(whole.AsSpan(0, length), ref received);
            input = input.Slice(taken);
            return taken > 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private static int? LengthOf(ReadOnlySpan<byte> head)
    {
        var remaining = 0;
        for (var i = 1; i < head.Length; i++)
        {
            remaining |= (head[i] & 0x7F) << (7 * (i - 1));
            if (head[i] < 0x80)
            {
                return remaining + i + 1;
            }
        }

        return null;
    }

    private void BeginRun(IntakeRoute intake)
    {
        if (_batchGate == intake.Gate)
        {
            _batch!.IsUrgent |= intake.IsUrgent;
            return;
        }

        HandOver();
        intake.Gate.Enter();
        _batchGate = intake.Gate;
        _batch = PublishBatch.Rent(this, intake.Gate);
        _batch.IsUrgent = intake.IsUrgent;
    }

    private void HandOver()
    {
        if (_batch is { } batch)
        {
            Interlocked.Add(ref _unansweredOnce, batch.PubAckCount);
            Interlocked.Add(ref _unanswered, batch.Count);
            _batch = null;
            _journal.HandOver(batch);
        }

        if (_batchGate is { } gate)
        {
            _batchGate = null;
            gate.Exit();
        }
    }

    /// <summary>Waits while more messages wait for their commit than one connection may have.</summary>
    private ValueTask WindowAsync()
    {
        if (Volatile.Read(ref _unanswered) <= _options.ReceiveMax)
        {
            return ValueTask.CompletedTask;
        }

        lock (_windowGate)
        {
            _window ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // Looked at again, because the last commit may have come in between and found nobody waiting; and not
            // before it can be seen that somebody waits.
            Interlocked.MemoryBarrier();
            return Volatile.Read(ref _unanswered) <= _options.ReceiveMax || Volatile.Read(ref _end) >= 0
                ? ValueTask.CompletedTask
                : new ValueTask(_window.Task);
        }
    }

    private void OpenWindow()
    {
        if (Volatile.Read(ref _window) is null)
        {
            return;
        }

        lock (_windowGate)
        {
            _window?.SetResult();
            _window = null;
        }
    }
}
