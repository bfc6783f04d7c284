using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Hub.Edge.Pins;

namespace Hub.Edge.Modbus;

/// <summary>An open serial line. Every fault is an IOException with a sentence; the line is done with then.</summary>
internal sealed class SerialLine : IDisposable
{
    private readonly string _path;
    private int _descriptor;

    private SerialLine(string path, int descriptor) => (_path, _descriptor) = (path, descriptor);

    public static SerialLine Open(SerialOptions options)
    {
        var descriptor = Terminal.Open(options.Path);
        if (descriptor < 0)
        {
            throw new IOException($"{options.Path} can't be opened: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        var line = new SerialLine(options.Path, descriptor);
        try
        {
            line.SetUp(options);
            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    public unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            // A frame is a few bytes; a queue with no room for them belongs to a line that doesn't send.
            if (Terminal.Write(_descriptor, start, (nuint)bytes.Length) != bytes.Length)
            {
                throw new IOException($"{_path} can't be written to: {Marshal.GetLastPInvokeErrorMessage()}.");
            }
        }
    }

    /// <summary>What has come; none if nothing came in time. At least a millisecond is waited.</summary>
    public unsafe int Read(Span<byte> into, TimeSpan within)
    {
        var wait = new Kernel.PollDescriptor { Descriptor = _descriptor, Events = Kernel.PollIn };
        var ready = Kernel.Poll(&wait, 1, Math.Max(1, (int)Math.Ceiling(within.TotalMilliseconds)));
        if (ready == 0 || (ready < 0 && Marshal.GetLastPInvokeError() == Kernel.Interrupted))
        {
            return 0;
        }

        fixed (byte* start = into)
        {
            var read = ready < 0 ? -1 : Kernel.Read(_descriptor, start, (nuint)into.Length);
            return read > 0 ? (int)read : read < 0 && Marshal.GetLastPInvokeError() == Kernel.TryAgain ? 0
                : throw new IOException($"{_path} is gone.");
        }
    }

    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            _ = Kernel.Close(_descriptor);
            _descriptor = -1;
        }
    }

    private unsafe void SetUp(SerialOptions options)
    {
        var state = stackalloc byte[Terminal.StateSize];
        Check(Terminal.GetState(_descriptor, state), "is no serial line");
        Terminal.MakeRaw(state); // Eight bits, no parity, nothing that reads or echoes along.
        Check(Terminal.SetInputSpeed(state, Terminal.Speeds[options.Baud]), $"can't do {options.Baud} baud");
        Check(Terminal.SetOutputSpeed(state, Terminal.Speeds[options.Baud]), $"can't do {options.Baud} baud");
        var flags = new Span<byte>(state + Terminal.ControlFlagsAt, sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(flags,
            (BinaryPrimitives.ReadUInt32LittleEndian(flags) & ~(Terminal.TwoStopBits | Terminal.ParityOdd))
            | Terminal.EnableReceiver | Terminal.NoModem
            | (options.StopBits == 2 ? Terminal.TwoStopBits : 0)
            | options.Parity switch
            {
                SerialParity.Even => Terminal.ParityEnabled,
                SerialParity.Odd => Terminal.ParityEnabled | Terminal.ParityOdd,
                _ => 0,
            });
        Check(Terminal.SetState(_descriptor, state),
            $"can't do {options.Parity} parity with {options.StopBits} stop bits");
        Check(Terminal.DiscardInput(_descriptor), "can't be emptied");
    }

    private void Check(int result, string what)
    {
        if (result < 0)
        {
            throw new IOException($"{_path} {what}: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }
}
