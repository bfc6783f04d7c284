using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Hub.Transport.Mqtt;

/// <summary>
/// One connection, from CONNECT to its end: a loop that reads, one that writes, one that hands messages over, and one
/// that acknowledges them.
/// </summary>
internal sealed partial class ClientConnection(
    Stream stream, MqttClientOptions options, ClientSession session,
    Action<OutgoingPublish, MqttPublishResult> complete, TimeProvider time) : IAsyncDisposable
{
    /// <summary>What one write may hold, roughly: enough to fill a link, little enough to stop between two.</summary>
    private const int WriteBytesMax = 64 * 1024;

    private readonly PipeReader _reader = PipeReader.Create(stream);
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource<MqttDisconnected> _ending =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Channel<MqttPacket.Publish> _inbound = Channel.CreateBounded<MqttPacket.Publish>(
        new BoundedChannelOptions(options.ReceiveMax) { SingleReader = true, SingleWriter = true });

    private volatile MqttPacket? _farewell;
    private volatile bool _isReadingHeldUp;
    private volatile bool _isPingSent;
    private long _sentAt;
    private long _receivedAt;

    /// <summary>Sends CONNECT and reads the CONNACK, whatever it says.</summary>
    public Task<MqttPacket.ConnAck> HandshakeAsync(bool cleanStart, CancellationToken cancel) =>
        ClientHandshake.RunAsync(stream, _reader, options, cleanStart, cancel);

    /// <summary>Runs until it ends; why it did. What the handler throws comes through.</summary>
    public async Task<MqttDisconnected> RunAsync(
        MqttPacket.ConnAck ack, Func<MqttMessage, CancellationToken, ValueTask<Task>>? handler,
        CancellationToken stopping)
    {
        _sentAt = _receivedAt = time.GetTimestamp();
        await using var keepAlive = StartKeepAlive(ack);
        await using var stop = stopping.UnsafeRegister(
            static connection => ((ClientConnection)connection!).End(
                new MqttDisconnected(MqttDisconnectKind.Stopped, MqttReason.Success, "The client stops."),
                new MqttPacket.Disconnect()),
            this);
        var reading = ReadAsync();
        var writing = WriteAsync();
        var handing = HandAsync(handler);
        var acknowledging = AcknowledgeAsync();

        // A loop that ends without a reason being given has a fault that is ours, or the handler's: it comes out below.
        await Task.WhenAny(_ending.Task, reading, writing, handing, acknowledging);
        if (_farewell is not null)
        {
            await Task.WhenAny(writing, Task.Delay(options.FarewellFor, time, _abort.Token));
        }

        await _abort.CancelAsync();
        await stream.DisposeAsync();
        await Task.WhenAll(reading, writing, handing, acknowledging);
        return await _ending.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.CompleteAsync();
        await stream.DisposeAsync();
        _abort.Dispose();
    }

    // The first reason counts. With a farewell the writing loop sends it and ends; without one all loops are cut.
    private void End(MqttDisconnected why, MqttPacket? farewell = null)
    {
        if (!_ending.Task.IsCompleted)
        {
            _farewell ??= farewell;
        }

        _ending.TrySetResult(why);
        session.Signal();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var result = await _reader.ReadAsync(_abort.Token);
                Interlocked.Exchange(ref _receivedAt, time.GetTimestamp());
                var buffer = result.Buffer;
                while (MqttCodec.TryRead(ref buffer, options.Version, options.PacketBytesMax, out var packet))
                {
                    await TakeAsync(packet);
                }

                _reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted)
                {
                    End(LinkLost("The server closed the connection."));
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
        }
        catch (MqttProtocolException e)
        {
            End(new MqttDisconnected(MqttDisconnectKind.ProtocolFault, e.Reason, e.Message), FarewellOf(e));
        }
        catch (Exception e) when (IsLinkFault(e))
        {
            End(LinkLost(e.Message));
        }
    }

    private async ValueTask TakeAsync(MqttPacket packet)
    {
        switch (packet)
        {
            case MqttPacket.PubAck ack:
                if (session.Acknowledge(ack.PacketId) is { } acknowledged)
                {
                    complete(acknowledged, new MqttPublishResult(ack.Reason, ack.Properties.ReasonString));
                    session.Signal();
                }

                break;
            case MqttPacket.Publish publish:
                await TakeAsync(publish);
                break;
            case MqttPacket.SubAck ack:
                session.Acknowledge(ack.PacketId, ack.Reasons)?.Answer.TrySetResult(ack.Reasons);
                break;
            case MqttPacket.UnsubAck ack:
                session.Acknowledge(ack.PacketId, ack.Reasons)?.Answer.TrySetResult(ack.Reasons);
                break;
            case MqttPacket.PingResp:
                _isPingSent = false;
                break;
            case MqttPacket.Disconnect bye when options.Version == MqttVersion.V500:
                var said = bye.Properties.ReasonString ?? $"The server disconnects: {bye.Reason}.";
                End(new MqttDisconnected(MqttDisconnectKind.ClosedByServer, bye.Reason, said));
                break;
            default:
                MqttProtocolException.ThrowProtocol(
                    $"The server sent {packet.GetType().Name}, which is not its to send.");
                break;
        }
    }

    private async ValueTask TakeAsync(MqttPacket.Publish publish)
    {
        if (publish.QoS == MqttQoS.ExactlyOnce)
        {
            MqttProtocolException.Throw(
                MqttReason.QoSNotSupported, "The server sent QoS 2, for which nobody subscribed.");
        }

        if (publish.Properties.TopicAlias is not null)
        {
            MqttProtocolException.Throw(
                MqttReason.TopicAliasInvalid, "The server uses topic aliases, and was not asked to.");
        }

        // While this waits nothing is read: the link then is not silent, it isn't listened to.
        _isReadingHeldUp = true;
        await _inbound.Writer.WriteAsync(publish, _abort.Token);
        Interlocked.Exchange(ref _receivedAt, time.GetTimestamp());
        _isReadingHeldUp = false;
    }

    private async Task WriteAsync()
    {
        var output = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                await session.WaitAsync(_abort.Token);
                do
                {
                    output.ResetWrittenCount();
                    var refused = session.WriteNext(output, WriteBytesMax);
                    var farewell = _farewell;
                    if (farewell is not null)
                    {
                        MqttCodec.Write(output, farewell, options.Version);
                    }

                    if (output.WrittenCount > 0)
                    {
                        await stream.WriteAsync(output.WrittenMemory, _abort.Token);
                        await stream.FlushAsync(_abort.Token);
                        Interlocked.Exchange(ref _sentAt, time.GetTimestamp());
                    }

                    if (farewell is not null)
                    {
                        return;
                    }

                    if (refused is { } back)
                    {
                        complete(back.Publish, new MqttPublishResult(back.Reason));
                        session.Signal();
                    }
                }
                while (output.WrittenCount > 0);
            }
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
        }
        catch (Exception e) when (IsLinkFault(e))
        {
            End(LinkLost(e.Message));
        }
    }

    // 3.1.2.10. A timer's callback and not a loop: it decides at once, and at most four times a keep-alive.
    private ITimer? StartKeepAlive(MqttPacket.ConnAck ack)
    {
        var keepAlive = ack.Properties.ServerKeepAlive is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : options.KeepAlive;
        return keepAlive <= TimeSpan.Zero
            ? null
            : time.CreateTimer(_ => Watch(keepAlive), null, keepAlive / 4, keepAlive / 4);
    }

    private void Watch(TimeSpan keepAlive)
    {
        var silentFor = time.GetElapsedTime(Interlocked.Read(ref _receivedAt));
        var idleFor = time.GetElapsedTime(Interlocked.Read(ref _sentAt));
        switch (KeepAlive.Decide(keepAlive, silentFor, idleFor, _isPingSent, _isReadingHeldUp))
        {
            case KeepAlive.Verdict.Ping:
                _isPingSent = true;
                session.Ping();
                break;
            case KeepAlive.Verdict.Lost:
                End(new MqttDisconnected(
                    MqttDisconnectKind.Silent, MqttReason.KeepAliveTimeout,
                    $"Nothing came from the server for {silentFor.TotalSeconds:0} s; the link counts as lost."));
                break;
        }
    }

    // 3.14.2.1. In 3.1.1 a DISCONNECT is always a friendly one, and would take the will back: there the link is cut.
    private MqttPacket.Disconnect? FarewellOf(MqttProtocolException fault) => options.Version == MqttVersion.V311
        ? null
        : new MqttPacket.Disconnect(
            Reasons.Allowed(MqttPacketType.Disconnect).Contains((byte)fault.Reason)
                ? fault.Reason
                : MqttReason.ProtocolError);

    private static MqttDisconnected LinkLost(string sentence) =>
        new(MqttDisconnectKind.LinkLost, MqttReason.UnspecifiedError, sentence);

    internal static bool IsLinkFault(Exception e) => e is IOException or SocketException or ObjectDisposedException;
}
