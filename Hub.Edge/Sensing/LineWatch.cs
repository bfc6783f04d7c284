using Hub.Edge.Pins;

namespace Hub.Edge.Sensing;

/// <summary>
/// Holds the configured lines: edges go in, presses, contact changes and registers come out. All deciding is done by
/// <see cref="PulseRegister"/>, <see cref="Contact"/> and <see cref="Button"/>; here they are only fed.
/// </summary>
public sealed partial class LineWatch : IDisposable
{
    public const string EventsLostSignal = "device.events.lost";

    private readonly Lock _gate = new();
    private readonly Lock _changing = new();
    private readonly Lock _telling = new(); // Around what is told of faults: in the order in which they happened.
    private readonly TimeProvider _time;
    private readonly ISensingSink _sink;
    private readonly Dictionary<string, long> _counts;
    private readonly Func<string, IGpioChip> _openChip;
    private readonly string _consumer;
    private volatile WatchedLine[] _lines = []; // Replaced, never changed.

    /// <param name="counts">The pulse counts as last committed, by device and signal.</param>
    /// <param name="openChip">Opens a chip by path or label.</param>
    /// <param name="consumer">Who holds the lines, for whoever finds one in use.</param>
    public LineWatch(
        TimeProvider time, ISensingSink sink, IReadOnlyDictionary<string, long> counts,
        Func<string, IGpioChip> openChip, string consumer)
    {
        (_time, _sink, _openChip, _consumer) = (time, sink, openChip, consumer);
        _counts = new Dictionary<string, long>(counts, StringComparer.Ordinal);
    }

    /// <summary>
    /// What is wrong with a line, or (null) that it is not watched any more. Of each that can be stuck it is told how
    /// it is when it is watched anew: what was told before a start holds no longer.
    /// </summary>
    public event Action<LineOptions, LineFault?>? FaultChanged;

    /// <summary>Events that the kernel's buffer had no room for, ever: counted on over restarts.</summary>
    public long EventsLost
    {
        get
        {
            lock (_gate)
            {
                return _counts.GetValueOrDefault(EventsLostSignal);
            }
        }
    }

    /// <summary>Lets time pass for contacts that are settling, and looks what is wrong.</summary>
    public void Tick()
    {
        var nanoseconds = KernelTime.Nanoseconds(_time);
        WatchedLine[] settled;
        lock (_gate)
        {
            settled = [.. _lines.Where(line => line.Contact?.DueNanoseconds <= nanoseconds
                                               && line.Contact.Tick(nanoseconds))];
        }

        TellFaults(nanoseconds);
        foreach (var line in settled)
        {
            Tell(line, _time.GetUtcNow());
        }
    }

    /// <summary>Tells every register as it stands.</summary>
    public void TellRegisters() => TellAll(line => line.Pulses is not null);

    /// <summary>Tells every contact's level.</summary>
    public void TellContacts() => TellAll(line => line.Contact?.IsActive is not null);

    /// <summary>Pulse counts by device and signal, also of lines that are no longer configured.</summary>
    public Dictionary<string, long> Counts()
    {
        lock (_gate)
        {
            return new Dictionary<string, long>(_counts, StringComparer.Ordinal);
        }
    }

    /// <summary>The counts as last committed, where they were not known at the start.</summary>
    public void Add(IReadOnlyDictionary<string, long> before)
    {
        lock (_gate)
        {
            foreach (var (key, count) in before)
            {
                _counts[key] = _counts.GetValueOrDefault(key) + count;
            }

            foreach (var line in _lines)
            {
                line.Pulses?.Add(before.GetValueOrDefault(line.Options.Key));
            }
        }
    }

    /// <summary>Switches outputs of a kind; those of another device are left alone.</summary>
    public void Switch(LineKind kind, Func<LineOptions, bool> isOn)
    {
        foreach (var line in _lines.Where(line => line.Options.Kind == kind))
        {
            line.Held.Pin.Switch(isOn(line.Options));
        }
    }

    public bool Has(LineKind kind, string device) =>
        _lines.Any(line => line.Options.Kind == kind && line.Options.Device == device);

    /// <summary>Gives all lines back. That nobody watches any more says nothing of what is stuck.</summary>
    public void Dispose()
    {
        WatchedLine[] lines;
        lock (_gate)
        {
            (lines, _lines) = (_lines, []);
        }

        foreach (var line in lines)
        {
            line.Held.Pin.Dispose();
        }
    }

    private void Take(HeldLine held, LineEvent lineEvent)
    {
        var at = KernelTime.WallOf(lineEvent.Nanoseconds, _time);
        bool isTold;
        WatchedLine? line;
        var isPressed = false;
        lock (_gate)
        {
            var missing = held.Gaps.Take(lineEvent.Sequence);
            line = held.Watched;
            if (line is null || lineEvent.Nanoseconds < held.Since)
            {
                return;
            }

            if (missing > 0)
            {
                _counts[EventsLostSignal] = _counts.GetValueOrDefault(EventsLostSignal) + missing;
                line.Pulses?.Forget();
            }

            if (line.Pulses?.Take(lineEvent.IsActive, lineEvent.Nanoseconds) == true)
            {
                _counts[line.Options.Key] = line.Pulses.Count;
            }

            isTold = line.Contact?.Take(lineEvent.IsActive, lineEvent.Nanoseconds) == true;
            isPressed = line.Button?.Take(lineEvent.IsActive, lineEvent.Nanoseconds)
                is ButtonPress.First or ButtonPress.Repeat;
        }

        if (isPressed)
        {
            _sink.Pressed(line.Options.Device, at);
        }
        else if (isTold)
        {
            Tell(line, at);
        }
    }

    private void TellFaults(long nanoseconds)
    {
        lock (_telling)
        {
            foreach (var line in _lines)
            {
                LineFault? fault;
                lock (_gate)
                {
                    fault = line.FaultAt(nanoseconds);
                }

                if (fault is not null && fault != line.Fault)
                {
                    line.Fault = fault;
                    FaultChanged?.Invoke(line.Options, fault);
                }
            }
        }
    }

    private void TellAll(Func<WatchedLine, bool> which)
    {
        var now = _time.GetUtcNow();
        foreach (var line in _lines.Where(line => !line.IsBroken && which(line)))
        {
            Tell(line, now);
        }
    }

    private void Tell(WatchedLine line, DateTimeOffset at)
    {
        double value;
        lock (_gate)
        {
            value = line.Pulses?.Value ?? (line.Contact?.IsActive == true ? 1 : 0);
        }

        _sink.Told(line.Options.Device, line.Options.Signal, value, at);
    }
}
