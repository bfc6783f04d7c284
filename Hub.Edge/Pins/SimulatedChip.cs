namespace Hub.Edge.Pins;

/// <summary>
/// A chip without hardware that behaves like one: edges have kernel times and line sequences, a full buffer drops
/// events, a line can be held by one watch only.
/// </summary>
public sealed class SimulatedChip(string name, int lineCount, TimeProvider time) : IGpioChip
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, LineState> _lines = [];

    public string Name => name;

    public IGpioWatch Watch(IReadOnlyList<InputLine> lines, string consumer, Action<LineEvent> onEvent)
    {
        lock (_gate)
        {
            Claim_NeedsLock([.. lines.Select(line => line.Line)], consumer);
            var watch = new SimulatedWatch(this, [.. lines.Select(line => line.Line)], onEvent);
            foreach (var input in lines)
            {
                _lines[input.Line].Watch = watch;
            }

            return watch;
        }
    }

    public IGpioOutputs Drive(IReadOnlyList<OutputLine> lines, string consumer)
    {
        lock (_gate)
        {
            Claim_NeedsLock([.. lines.Select(line => line.Line)], consumer);
            return new SimulatedOutputs(this, [.. lines.Select(line => line.Line)]);
        }
    }

    /// <summary>What an input or output stands at, true = active.</summary>
    public bool IsActive(int line)
    {
        lock (_gate)
        {
            return State_NeedsLock(line).IsActive;
        }
    }

    /// <summary>A finger on the button, for 120 ms.</summary>
    public void Press(int line)
    {
        var at = KernelTime.Nanoseconds(time);
        Edge(line, true, at);
        Edge(line, false, at + 120 * NanosecondsPerMillisecond);
    }

    /// <summary>A contact moves to a level; nothing happens if it is there already.</summary>
    public void Set(int line, bool active) => Edge(line, active, KernelTime.Nanoseconds(time));

    /// <summary>So many pulses of a meter, one after the other, ending now.</summary>
    public void Pulses(int line, int count, TimeSpan on, TimeSpan off)
    {
        var period = (on + off).Ticks * 100;
        var at = Math.Max(KernelTime.Nanoseconds(time) - count * period, LastOf(line) + off.Ticks * 100);
        for (var i = 0; i < count; i++, at += period)
        {
            Edge(line, true, at);
            Edge(line, false, at + on.Ticks * 100);
        }
    }

    /// <summary>A worn contact: so many edges, so far apart, ending at the level.</summary>
    public void Bounce(int line, int edges, TimeSpan apart, bool endsActive)
    {
        var at = KernelTime.Nanoseconds(time);
        for (var i = 0; i < edges; i++, at += apart.Ticks * 100)
        {
            Edge(line, (edges - 1 - i) % 2 == 0 ? endsActive : !endsActive, at);
        }
    }

    /// <summary>The kernel's buffer overflows: the next events of the line happen and are not told.</summary>
    public void DropNext(int line, int events)
    {
        lock (_gate)
        {
            State_NeedsLock(line).DropsLeft = events;
        }
    }

    /// <summary>
    /// Nothing to do: watches and outputs give their lines back themselves, and the world outside stays as it is.
    /// </summary>
    public void Dispose()
    {
    }

    internal void SetOutput(int line, bool active)
    {
        lock (_gate)
        {
            State_NeedsLock(line).IsActive = active;
        }
    }

    internal void Release(int[] released)
    {
        lock (_gate)
        {
            foreach (var line in released)
            {
                var state = State_NeedsLock(line);
                (state.Consumer, state.Watch) = (null, null);
            }
        }
    }

    private void Edge(int line, bool active, long nanoseconds)
    {
        SimulatedWatch? watch;
        LineEvent lineEvent;
        lock (_gate)
        {
            var state = State_NeedsLock(line);
            if (state.IsActive == active)
            {
                return;
            }

            state.IsActive = active;
            state.LastNanoseconds = nanoseconds;
            lineEvent = new LineEvent(line, active, nanoseconds, ++state.Sequence);
            if (state.DropsLeft > 0)
            {
                state.DropsLeft--;
                return;
            }

            watch = state.Watch;
        }

        watch?.Take(lineEvent);
    }

    private long LastOf(int line)
    {
        lock (_gate)
        {
            return State_NeedsLock(line).LastNanoseconds;
        }
    }

    private void Claim_NeedsLock(int[] asked, string consumer)
    {
        var missing = asked.Where(line => line < 0 || line >= lineCount).ToArray();
        if (missing.Length > 0)
        {
            throw new GpioException(GpioFault.OfMissing(Name, missing, lineCount, consumer));
        }

        if (asked.Any(line => State_NeedsLock(line).Consumer is not null))
        {
            throw new GpioException(
                GpioFault.OfRequest(Name, asked, consumer, Kernel.Busy, line => _lines[line].Consumer));
        }

        foreach (var line in asked)
        {
            State_NeedsLock(line).Consumer = consumer;
        }
    }

    private LineState State_NeedsLock(int line)
    {
        if (!_lines.TryGetValue(line, out var state))
        {
            _lines[line] = state = new LineState();
        }

        return state;
    }

    private sealed class LineState
    {
        public bool IsActive { get; set; }

        public uint Sequence { get; set; }

        public int DropsLeft { get; set; }

        public long LastNanoseconds { get; set; }

        public string? Consumer { get; set; }

        public SimulatedWatch? Watch { get; set; }
    }
}
