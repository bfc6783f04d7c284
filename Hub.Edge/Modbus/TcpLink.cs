using System.Net.Sockets;

namespace Hub.Edge.Modbus;

/// <summary>Modbus TCP: one connection, made when it is needed, given up with the first doubt.</summary>
public sealed class TcpLink(string host, int port, TimeSpan timeout, TimeProvider pace) : IModbusLink
{
    private NetworkStream? _stream;
    private ushort _transaction;

    public async Task<ModbusAnswer> AskAsync(ReadRequest request, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(timeout, pace);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        var answer = await TryAskAsync(request, both.Token);
        cancel.ThrowIfCancellationRequested();
        if (answer is { Fault: not null, IsPassing: true })
        {
            // Whatever still comes on this connection might be taken for the answer to another question.
            Dispose();
        }

        return answer;
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }

    private async Task<ModbusAnswer> TryAskAsync(ReadRequest request, CancellationToken deadline)
    {
        try
        {
            _stream ??= await ConnectAsync(deadline);
            await _stream.WriteAsync(TcpFrame.Of(request, ++_transaction), deadline);
            var head = new byte[TcpFrame.HeadSize];
            await _stream.ReadExactlyAsync(head, deadline);
            if (TcpFrame.LengthAfter(head, _transaction) is not { } length)
            {
                return ModbusAnswer.Passing($"What {host}:{port} answers is not Modbus.");
            }

            var body = new byte[length];
            await _stream.ReadExactlyAsync(body, deadline);
            return TcpFrame.Judge(request, body);
        }
        catch (OperationCanceledException)
        {
            return ModbusAnswer.Passing($"No answer from unit {request.Unit} at {host}:{port} in time.");
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return ModbusAnswer.Passing($"{host}:{port} can't be asked: {e.Message}");
        }
    }

    private async Task<NetworkStream> ConnectAsync(CancellationToken deadline)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, deadline);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
