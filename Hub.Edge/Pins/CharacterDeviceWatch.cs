using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Hub.Edge.Pins;

/// <summary>One reader thread per request: the kernel queues the edges, this hands them on in order.</summary>
internal sealed unsafe class CharacterDeviceWatch : IGpioWatch
{
    private const int EventsPerRead = 64;
    private const int PollMilliseconds = 250; // How long a stop may take; edges wake the poll at once.

    private readonly int _descriptor;
    private readonly int[] _lines;
    private readonly Action<LineEvent> _onEvent;
    private readonly Thread _reader;
    private volatile bool _stopping;
    private volatile string? _fault;

    public CharacterDeviceWatch(int descriptor, int[] lines, Action<LineEvent> onEvent)
    {
        (_descriptor, _lines, _onEvent) = (descriptor, lines, onEvent);
        _reader = new Thread(ReadEvents) { IsBackground = true, Name = "gpio" };
        _reader.Start();
    }

    public string? Fault => _fault;

    public bool IsActive(int line)
    {
        var place = Array.IndexOf(_lines, line);
        ArgumentOutOfRangeException.ThrowIfNegative(place, nameof(line));
        var values = stackalloc byte[16]; // bits u64, mask u64
        BinaryPrimitives.WriteUInt64LittleEndian(new Span<byte>(values + 8, 8), 1UL << place);
        if (Kernel.Control(_descriptor, Kernel.GetValues, values) < 0)
        {
            throw new GpioException($"Line {line} can't be read (errno {Marshal.GetLastPInvokeError()}).");
        }

        return (BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(values, 8)) & (1UL << place)) != 0;
    }

    public void Dispose()
    {
        _stopping = true;
        if (Thread.CurrentThread != _reader)
        {
            _reader.Join();
        }

        _ = Kernel.Close(_descriptor);
    }

    private void ReadEvents()
    {
        var buffer = stackalloc byte[LineEvents.Size * EventsPerRead];
        while (!_stopping)
        {
            var waiting = new Kernel.PollDescriptor { Descriptor = _descriptor, Events = Kernel.PollIn };
            var ready = Kernel.Poll(&waiting, 1, PollMilliseconds);
            if (ready == 0 || (ready < 0 && Marshal.GetLastPInvokeError() == Kernel.Interrupted))
            {
                continue;
            }

            var count = ready < 0 ? -1 : Kernel.Read(_descriptor, buffer, LineEvents.Size * EventsPerRead);
            if (count <= 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (count < 0 && error is Kernel.Interrupted or Kernel.TryAgain)
                {
                    continue;
                }

                _fault = $"The chip stopped answering (errno {error}): check its wiring or the kernel log.";
                return;
            }

            HandOn(new ReadOnlySpan<byte>(buffer, (int)count));
        }
    }

    private void HandOn(ReadOnlySpan<byte> bytes)
    {
        for (; LineEvents.TryRead(bytes, out var lineEvent); bytes = bytes[LineEvents.Size..])
        {
            _onEvent(lineEvent);
        }
    }
}
