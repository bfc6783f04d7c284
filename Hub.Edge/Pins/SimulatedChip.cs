namespace Hub.Edge.Pins;

/// <summary>
/// A chip without hardware that behaves like one: edges have kernel times and line sequences, a full buffer drops
/// events, a line has one holder only.
/// </summary>
public sealed class SimulatedChip(string name, int lineCount, TimeProvider time) : IGpioChip
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly Lock _gate = new();
    private readonly Lock _reading = new(); // One reader, as of a real one: events come one after the other.
    private readonly Dictionary<int, LineState> _lines = [];

    public string Name => name;

    public IGpioLine Take(int line, LineSettings settings, string consumer, Action<LineEvent> onEvent)
    {
        if (line < 0 || line >= lineCount)
        {
            throw new GpioException(GpioFault.OfMissing(Name, line, lineCount, consumer));
        }

        lock (_gate)
        {
            var state = State_NeedsLock(line);
            if (state.Holder is { } holder)
            {
                throw new GpioException(
                    GpioFault.OfRequest(GpioFault.Asked(Name, line, consumer), Kernel.Busy, holder.Consumer));
            }

            return state.Holder = new SimulatedLine(this, line, settings.IsOutput, consumer, onEvent);
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

    /// <summary>The line breaks off: whoever holds it is told no more, and has to take it anew.</summary>
    public void Break(int line)
    {
        lock (_gate)
        {
            State_NeedsLock(line).Holder?.Break();
        }
    }

    /// <summary>Nothing to do: lines are given back one by one, and the world outside stays as it is.</summary>
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

    internal void Release(int line)
    {
        lock (_gate)
        {
            State_NeedsLock(line).Holder = null;
        }
    }

    private void Edge(int line, bool active, long nanoseconds)
    {
        lock (_reading)
        {
            SimulatedLine? holder;
            bool isDropped;
            lock (_gate)
            {
                var state = State_NeedsLock(line);
                if (state.IsActive == active)
                {
                    return;
                }

                state.IsActive = active;
                state.LastNanoseconds = nanoseconds;
                holder = state.Holder;
                isDropped = state.DropsLeft > 0;
                state.DropsLeft -= isDropped ? 1 : 0;
            }

            holder?.Take(active, nanoseconds, isDropped);
        }
    }

    private long LastOf(int line)
    {
        lock (_gate)
        {
            return State_NeedsLock(line).LastNanoseconds;
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

        public int DropsLeft { get; set; }

        public long LastNanoseconds { get; set; }

        public SimulatedLine? Holder { get; set; }
    }
}
