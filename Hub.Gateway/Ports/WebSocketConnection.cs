using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Hub.Gateway.Ports;

/// <summary>
/// A WebSocket as a stream of bytes (MQTT 5, 6): packets in binary messages, wherever those begin and end.
/// </summary>
internal sealed class WebSocketConnection : ConnectionContext, IDuplexPipe
{
    private const int ReceiveBytesMin = 4096;
    private const int WaitingBytesMax = 1 << 20;

    private static readonly TimeSpan FarewellTimeMax = TimeSpan.FromSeconds(2);

    private static readonly PipeOptions Limits = new(
        pauseWriterThreshold: WaitingBytesMax, resumeWriterThreshold: WaitingBytesMax / 2,
        useSynchronizationContext: false);

    private readonly WebSocket _socket;
    private readonly TimeProvider _time;
    private readonly Pipe _received = new(Limits);
    private readonly Pipe _toSend = new(Limits);

    public WebSocketConnection(WebSocket socket, EndPoint? remote, HttpContext http, TimeProvider time)
    {
        (_socket, _time, RemoteEndPoint, ConnectionClosed) = (socket, time, remote, http.RequestAborted);
        ConnectionId = http.Connection.Id;
        Features.Set(http.Features.Get<ITlsConnectionFeature>());
        Transport = this;
    }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport { get; set; }

    PipeReader IDuplexPipe.Input => _received.Reader;

    PipeWriter IDuplexPipe.Output => _toSend.Writer;

    /// <summary>Serves it until both sides are done.</summary>
    public async Task RunAsync(ConnectionHandler handler)
    {
        var sending = SendAsync();
        var receiving = ReceiveAsync();
        try
        {
            await handler.OnConnectedAsync(this);
        }
        finally
        {
            await _toSend.Writer.CompleteAsync();
            await sending;
            // Closed at once over what the client still sends, the socket would be reset, and the last answer lost.
            await Task.WhenAny(receiving, Task.Delay(FarewellTimeMax, _time));
            await _received.Reader.CompleteAsync();
            _socket.Abort();
            await receiving;
        }
    }

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    private async Task ReceiveAsync()
    {
        var output = _received.Writer;
        try
        {
            while (true)
            {
                // While nothing comes, no buffer is held.
                var first = await _socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                if (first.MessageType == WebSocketMessageType.Binary)
                {
                    first = await _socket.ReceiveAsync(output.GetMemory(ReceiveBytesMin), CancellationToken.None);
                    output.Advance(first.Count);
                }

                // 6.0: anything but binary ends the connection.
                if (first.MessageType != WebSocketMessageType.Binary || (await output.FlushAsync()).IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // Gone, as sockets go.
        }

        await output.CompleteAsync();
    }

    private async Task SendAsync()
    {
        var input = _toSend.Reader;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync();
                foreach (var piece in read.Buffer)
                {
                    await _socket.SendAsync(piece, WebSocketMessageType.Binary, true, CancellationToken.None);
                }

                input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    break;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException
            or ObjectDisposedException)
        {
            // The client has gone; the broker hears it from the other side.
        }

        await input.CompleteAsync();
    }
}
