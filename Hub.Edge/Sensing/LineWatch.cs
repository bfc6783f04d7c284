using Hub.Edge.Pins;

namespace Hub.Edge.Sensing;

/// <summary>
/// Holds the configured lines: edges go in, presses, contact changes and registers come out. All deciding is done by
/// <see cref="PulseRegister"/>, <see cref="Contact"/> and <see cref="Button"/>; here they are only fed.
/// </summary>
public sealed class LineWatch : IDisposable
{
    public const string EventsLostSignal = "device.events.lost";

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ISensingSink _sink;
    private readonly Dictionary<(string Chip, int Line), WatchedLine> _inputs = [];
    private readonly Dictionary<string, SequenceGaps> _gaps = [];
    private readonly Dictionary<string, long> _counts;
    private readonly List<(LineOptions Line, IGpioOutputs Outputs)> _outputs = [];
    private readonly List<(string Chip, IGpioWatch Watch)> _watches = [];
    private readonly List<IDisposable> _chips = [];

    /// <param name="counts">The pulse counts as last committed, by device and signal.</param>
    public LineWatch(TimeProvider time, ISensingSink sink, IReadOnlyDictionary<string, long> counts)
    {
        (_time, _sink) = (time, sink);
        _counts = new Dictionary<string, long>(counts, StringComparer.Ordinal);
    }

    /// <summary>
    /// A button or contact is stuck, or not any more. Of a contact that can be it is told at the start that it isn't:
    /// what was told before the start holds no longer.
    /// </summary>
    public event Action<LineOptions, bool>? StuckChanged;

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

    /// <summary>The first chip that stopped working; null while all do.</summary>
    public string? Fault =>
        _watches.Select(watch => watch.Watch.Fault is { } fault ? $"{watch.Chip}: {fault}" : null)
            .FirstOrDefault(fault => fault is not null);

    /// <summary>What was taken.</summary>
    public IReadOnlyList<LineOptions> Lines { get; private set; } = [];

    /// <summary>Takes the lines. All or none: a fault gives back what was taken.</summary>
    /// <exception cref="GpioException">A chip or line can't be had.</exception>
    public void Start(IReadOnlyList<LineOptions> lines, Func<string, IGpioChip> openChip, string consumer)
    {
        try
        {
            foreach (var group in lines.GroupBy(line => line.Chip))
            {
                var chip = openChip(group.Key);
                _chips.Add(chip);
                StartInputs(chip, group.Key, [.. group.Where(line => !IsOutput(line))], consumer);
                StartOutputs(chip, [.. group.Where(IsOutput)], consumer);
            }

            Lines = lines;
        }
        catch (GpioException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Lets time pass for contacts that are settling.</summary>
    public void Tick()
    {
        var nanoseconds = KernelTime.Nanoseconds(_time);
        var told = new List<WatchedLine>();
        var stuck = new List<WatchedLine>();
        lock (_gate)
        {
            told.AddRange(_inputs.Values.Where(input => input.Contact?.DueNanoseconds <= nanoseconds
                                                        && input.Contact.Tick(nanoseconds)));
            stuck.AddRange(_inputs.Values.Where(input => input.IsStuckAt(nanoseconds) != input.IsStuck));
        }

        foreach (var input in stuck)
        {
            input.IsStuck = !input.IsStuck;
            StuckChanged?.Invoke(input.Line, input.IsStuck);
        }

        foreach (var input in told)
        {
            Tell(input, _time.GetUtcNow());
        }
    }

    /// <summary>Tells every register as it stands.</summary>
    public void TellRegisters() => TellAll(input => input.Pulses is not null);

    /// <summary>Tells every contact's level.</summary>
    public void TellContacts() => TellAll(input => input.Contact is not null);

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

            foreach (var input in _inputs.Values)
            {
                input.Pulses?.Add(before.GetValueOrDefault(input.Line.Key));
            }
        }
    }

    /// <summary>Switches outputs of a kind; those of another device are left alone.</summary>
    public void Switch(LineKind kind, Func<LineOptions, bool> isOn)
    {
        foreach (var (line, outputs) in _outputs.Where(output => output.Line.Kind == kind))
        {
            outputs.Switch(line.Line, isOn(line));
        }
    }

    public bool Has(LineKind kind, string device) =>
        _outputs.Any(output => output.Line.Kind == kind && output.Line.Device == device);

    public void Dispose()
    {
        foreach (var (_, watch) in _watches)
        {
            watch.Dispose();
        }

        foreach (var outputs in _outputs.Select(output => output.Outputs).Distinct())
        {
            outputs.Dispose();
        }

        foreach (var chip in _chips)
        {
            chip.Dispose();
        }

        foreach (var input in _inputs.Values.Where(input => input.IsStuck))
        {
            StuckChanged?.Invoke(input.Line, false); // Nobody watches it any more.
        }

        _watches.Clear();
        _outputs.Clear();
        _chips.Clear();
    }

    private static bool IsOutput(LineOptions line) => line.Kind is LineKind.Lamp or LineKind.Buzzer;

    private void StartInputs(IGpioChip chip, string chipName, LineOptions[] lines, string consumer)
    {
        if (lines.Length == 0)
        {
            return;
        }

        lock (_gate)
        {
            _gaps[chipName] = new SequenceGaps();
            foreach (var line in lines)
            {
                _inputs[(chipName, line.Line)] = new WatchedLine(line, _counts.GetValueOrDefault(line.Key));
            }
        }

        var watch = chip.Watch(
            [.. lines.Select(line => new InputLine(line.Line, line.Bias, line.ActiveLow, line.KernelDebounce))],
            consumer,
            lineEvent => Take(chipName, lineEvent));
        _watches.Add((chipName, watch));
        foreach (var line in lines.Where(line => line.Kind is LineKind.Contact or LineKind.Button))
        {
            Begin(_inputs[(chipName, line.Line)], watch);
        }
    }

    private void StartOutputs(IGpioChip chip, LineOptions[] lines, string consumer)
    {
        if (lines.Length > 0)
        {
            var outputs = chip.Drive([.. lines.Select(line => new OutputLine(line.Line, line.ActiveLow))], consumer);
            _outputs.AddRange(lines.Select(line => (line, outputs)));
        }
    }

    private void Begin(WatchedLine input, IGpioWatch watch)
    {
        bool changed;
        lock (_gate)
        {
            var isActive = watch.IsActive(input.Line.Line);
            var now = KernelTime.Nanoseconds(_time);
            input.Button?.Begin(isActive, now);
            changed = input.Contact?.Begin(isActive, now) == true;
        }

        if (input.Line.ChangesWithin is not null)
        {
            StuckChanged?.Invoke(input.Line, false);
        }

        if (changed)
        {
            Tell(input, _time.GetUtcNow());
        }
    }

    private void Take(string chip, LineEvent lineEvent)
    {
        var at = KernelTime.WallOf(lineEvent.Nanoseconds, _time);
        bool isTold;
        WatchedLine? input;
        var isPressed = false;
        lock (_gate)
        {
            var missing = _gaps[chip].Take(lineEvent.Line, lineEvent.LineSequence);
            if (!_inputs.TryGetValue((chip, lineEvent.Line), out input))
            {
                return;
            }

            if (missing > 0)
            {
                _counts[EventsLostSignal] = _counts.GetValueOrDefault(EventsLostSignal) + missing;
                input.Pulses?.Forget();
            }

            if (input.Pulses?.Take(lineEvent.IsActive, lineEvent.Nanoseconds) == true)
            {
                _counts[input.Line.Key] = input.Pulses.Count;
            }

            isTold = input.Contact?.Take(lineEvent.IsActive, lineEvent.Nanoseconds) == true;
            isPressed = input.Button?.Take(lineEvent.IsActive, lineEvent.Nanoseconds)
                is ButtonPress.First or ButtonPress.Repeat;
        }

        if (isPressed)
        {
            _sink.Pressed(input.Line.Device, at);
        }
        else if (isTold)
        {
            Tell(input, at);
        }
    }

    private void TellAll(Func<WatchedLine, bool> which)
    {
        WatchedLine[] inputs;
        lock (_gate)
        {
            inputs = [.. _inputs.Values.Where(which)];
        }

        var now = _time.GetUtcNow();
        foreach (var input in inputs)
        {
            Tell(input, now);
        }
    }

    private void Tell(WatchedLine input, DateTimeOffset at)
    {
        double value;
        lock (_gate)
        {
            value = input.Pulses?.Value ?? (input.Contact?.IsActive == true ? 1 : 0);
        }

        _sink.Told(input.Line.Device, input.Line.Signal, value, at);
    }
}
