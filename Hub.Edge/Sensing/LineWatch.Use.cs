using Hub.Edge.Pins;

namespace Hub.Edge.Sensing;

/// <summary>How other lines come into use, without an edge lost on those that stay.</summary>
public sealed partial class LineWatch
{
    /// <summary>
    /// From now on these lines, and no others. What stays the same goes on without a gap; what differs begins anew, the
    /// counts go on. All or none: a fault leaves the lines as they were.
    /// </summary>
    /// <param name="keep">What must succeed as well, done when the lines are had and before any is let go.</param>
    /// <exception cref="GpioException">Lines can't be had; every reason is named.</exception>
    public void Use(IReadOnlyList<LineOptions> wanted, Action? keep = null)
    {
        lock (_changing)
        {
            Use_NeedsLock(wanted, keep);
        }
    }

    /// <summary>Tries to take anew what broke: its chip may be plugged in again.</summary>
    public void Mend()
    {
        lock (_changing)
        {
            if (_lines.Any(line => line.IsBroken))
            {
                try
                {
                    Use_NeedsLock([.. _lines.Select(line => line.Options)], keep: null);
                }
                catch (GpioException)
                {
                    // Not yet.
                }
            }
        }
    }

    private void Use_NeedsLock(IReadOnlyList<LineOptions> wanted, Action? keep)
    {
        var taken = new List<HeldLine>();
        var changed = new List<HeldLine>();
        HeldLine[] held;
        try
        {
            held = Hold(wanted, taken);
            foreach (var (line, options) in held.Zip(wanted).Where(pair => pair.First.Settings != pair.Second.Settings))
            {
                changed.Add(line);
                Change(line, options.Settings);
            }

            keep?.Invoke();
        }
        catch
        {
            Undo(taken, changed);
            throw;
        }

        PutToUse(wanted, held);
    }

    /// <summary>The line of each, held already or taken.</summary>
    private HeldLine[] Hold(IReadOnlyList<LineOptions> wanted, List<HeldLine> taken)
    {
        var free = new Dictionary<(string Chip, int Line), HeldLine>();
        foreach (var line in _lines)
        {
            if (line.IsBroken)
            {
                line.Held.Pin.Dispose(); // It would be in its own way.
            }
            else
            {
                free.Add(line.Held.Place, line.Held);
            }
        }

        var chips = new Dictionary<string, IGpioChip>();
        var held = new List<HeldLine>();
        var faults = new List<string>();
        try
        {
            foreach (var options in wanted)
            {
                try
                {
                    var chip = chips.TryGetValue(options.Chip, out var open)
                        ? open
                        : chips[options.Chip] = _openChip(options.Chip);
                    if (!free.Remove((chip.Name, options.Line), out var line))
                    {
                        line = new HeldLine(chip, options, _consumer, Take);
                        taken.Add(line);
                    }

                    held.Add(line);
                }
                catch (GpioException e)
                {
                    faults.Add(e.Message);
                }
            }
        }
        finally
        {
            foreach (var chip in chips.Values)
            {
                chip.Dispose();
            }
        }

        return faults.Count == 0 ? [.. held] : throw new GpioException(string.Join(" ", faults.Distinct()));
    }

    private void Change(HeldLine line, LineSettings settings)
    {
        lock (_gate)
        {
            line.Since = long.MaxValue;
        }

        line.Pin.Change(settings);
    }

    private void Undo(List<HeldLine> taken, List<HeldLine> changed)
    {
        foreach (var line in taken)
        {
            line.Pin.Dispose();
        }

        foreach (var line in changed)
        {
            try
            {
                line.Pin.Change(line.Settings);
            }
            catch (GpioException)
            {
                // Its chip has gone meanwhile, which is a fault of its own.
            }

            Begin(line.Watched!);
        }
    }

    private void PutToUse(IReadOnlyList<LineOptions> wanted, HeldLine[] held)
    {
        var before = _lines;
        lock (_telling)
        {
            lock (_gate)
            {
                foreach (var line in before.Select(line => line.Held).Except(held))
                {
                    line.Watched = null;
                }

                _lines = [.. wanted.Zip(held, Watched_NeedsLock)];
            }

            foreach (var line in before.Except(_lines).Where(line => line.Fault is not null))
            {
                FaultChanged?.Invoke(line.Options, null);
            }
        }

        foreach (var line in _lines.Except(before))
        {
            Begin(line);
        }

        TellFaults(KernelTime.Nanoseconds(_time));
        foreach (var line in before.Select(line => line.Held).Except(held))
        {
            line.Pin.Dispose();
        }
    }

    private WatchedLine Watched_NeedsLock(LineOptions options, HeldLine held)
    {
        if (held.Watched?.Options != options)
        {
            held.Watched = new WatchedLine(options, held, _counts.GetValueOrDefault(options.Key));
            held.Settings = options.Settings;
        }

        return held.Watched;
    }

    /// <summary>From here on its edges count. Where it stands now is no press, and of a contact it is told.</summary>
    private void Begin(WatchedLine line)
    {
        var isNews = false;
        lock (_gate)
        {
            var now = KernelTime.Nanoseconds(_time);
            line.Held.Since = Math.Min(line.Held.Since, now);
            if (line.Held.Pin.IsActive is { } isActive)
            {
                line.Button?.Begin(isActive, now);
                isNews = line.Contact?.Begin(isActive, now) == true;
            }
        }

        if (isNews)
        {
            Tell(line, _time.GetUtcNow());
        }
    }
}
