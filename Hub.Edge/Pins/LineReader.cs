namespace Hub.Edge.Pins;

/// <summary>One thread for all lines: the kernel queues the edges of each, this hands them on in order.</summary>
internal sealed unsafe class LineReader
{
    private const int EventsPerRead = 64;

    /// <summary>A kernel before 6.6 wakes nobody when a chip goes away, but says so to who asks.</summary>
    private const int LookMilliseconds = 1_000;

    private readonly object _gate = new();
    private CharacterDeviceLine[] _lines = []; // Replaced, never changed.
    private CharacterDeviceLine[] _polled = [];
    private Thread? _thread;
    private int _bell;

    public void Add(CharacterDeviceLine line)
    {
        lock (_gate)
        {
            _lines = [.. _lines, line];
            if (_thread is null)
            {
                _bell = Kernel.EventDescriptor();
                _thread = new Thread(Run) { IsBackground = true, Name = "gpio" };
                _thread.Start();
            }

            Ring_NeedsLock();
        }
    }

    /// <summary>Returns when the line is not read any more: a file that is waited for can't be closed.</summary>
    public void Remove(CharacterDeviceLine line)
    {
        lock (_gate)
        {
            _lines = [.. _lines.Where(other => other != line)];
            Ring_NeedsLock();
            while (_polled.Contains(line))
            {
                Monitor.Wait(_gate);
            }
        }
    }

    private void Ring_NeedsLock()
    {
        var one = 1UL;
        _ = Kernel.Write(_bell, (byte*)&one, sizeof(ulong));
    }

    private void Run()
    {
        Span<byte> buffer = stackalloc byte[LineEvents.Size * EventsPerRead];
        CharacterDeviceLine[]? lines = null;
        Kernel.PollDescriptor[] waits = [];
        while (true)
        {
            lock (_gate)
            {
                if (lines != _lines)
                {
                    _polled = lines = _lines;
                    waits = [.. lines.Select(line => line.Descriptor).Prepend(_bell).Select(descriptor =>
                        new Kernel.PollDescriptor { Descriptor = descriptor, Events = Kernel.PollIn })];
                    Monitor.PulseAll(_gate);
                }
            }

            fixed (Kernel.PollDescriptor* first = waits)
            {
                if (Kernel.Poll(first, (nuint)waits.Length, LookMilliseconds) <= 0)
                {
                    continue; // Nothing, or a signal.
                }
            }

            if (waits[0].Returned != 0)
            {
                ulong rung;
                _ = Kernel.Read(_bell, (byte*)&rung, sizeof(ulong));
            }

            for (var i = 0; i < lines.Length; i++)
            {
                if (waits[i + 1].Returned != 0 && !lines[i].HandOn(buffer))
                {
                    waits[i + 1].Descriptor = -1; // It is waited for no longer.
                }
            }
        }
    }
}
