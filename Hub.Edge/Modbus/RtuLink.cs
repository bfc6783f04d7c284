namespace Hub.Edge.Modbus;

/// <summary>
/// Modbus RTU: on a line that has been silent the question, and then the answer. A thread an exchange, as the line is
/// waited for in the kernel.
/// </summary>
public sealed class RtuLink(SerialOptions options, TimeSpan timeout, TimeProvider pace) : IModbusLink
{
    private SerialLine? _line;

    public Task<ModbusAnswer> AskAsync(ReadRequest request, CancellationToken cancel) => Task.Factory.StartNew(
        () => Ask(request), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        _line?.Dispose();
        _line = null;
    }

    private ModbusAnswer Ask(ReadRequest request)
    {
        try
        {
            _line ??= SerialLine.Open(options);
            return Exchange(_line, request);
        }
        catch (IOException e)
        {
            Dispose();
            return ModbusAnswer.Passing(e.Message);
        }
    }

    private ModbusAnswer Exchange(SerialLine line, ReadRequest request)
    {
        var begin = pace.GetTimestamp();
        var bytes = new byte[RtuFrame.BytesMax];

        // What came too late for the question before must not be taken for the answer to this one.
        while (line.Read(bytes, options.Silence) > 0)
        {
            if (pace.GetElapsedTime(begin) > timeout)
            {
                return ModbusAnswer.Passing($"{options.Path} is never silent: another program or device talks on it.");
            }
        }

        line.Write(RtuFrame.Of(request));
        var sent = pace.GetTimestamp();
        var got = 0;
        while (got < bytes.Length)
        {
            if (RtuFrame.LengthOf(bytes.AsSpan(0, got)) is { } length && got >= length)
            {
                return RtuFrame.Judge(request, bytes.AsMemory(0, length));
            }

            var left = timeout - pace.GetElapsedTime(sent);
            if (left <= TimeSpan.Zero)
            {
                break;
            }

            got += line.Read(bytes.AsSpan(got), left);
        }

        return ModbusAnswer.Passing(got == 0
            ? $"No answer from unit {request.Unit} on {options.Path} in time."
            : $"The answer of unit {request.Unit} on {options.Path} breaks off after {got} bytes.");
    }
}
