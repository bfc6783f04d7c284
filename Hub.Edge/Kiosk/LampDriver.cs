using Hub.Edge.Sensing;

namespace Hub.Edge.Kiosk;

/// <summary>
/// Drives the lamps and the buzzer: what the screen's state says, unless a command says otherwise for a time.
/// </summary>
public sealed class LampDriver(KioskDesk desk, string device, TimeProvider pace)
{
    private static readonly TimeSpan BeepFor = TimeSpan.FromMilliseconds(120);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (LampColours Colours, DateTimeOffset Until)> _overrides = [];
    private readonly Dictionary<string, DateTimeOffset> _beeps = [];
    private LineWatch? _lines;
    private LampPattern _pattern = LampPattern.Off;
    private DateTimeOffset _since;
    private KioskFace _face = KioskFace.Home;
    private DateTimeOffset _blinkUntil;

    /// <summary>The lines to drive; null while there are none.</summary>
    public LineWatch? Lines
    {
        get => _lines;
        set
        {
            lock (_gate)
            {
                _lines = value;
            }

            Update();
        }
    }

    public void Light(string lampDevice, LampColours colours, TimeSpan time)
    {
        lock (_gate)
        {
            _overrides[lampDevice] = (colours, pace.GetUtcNow() + time);
        }

        Update();
    }

    public void Beep(string buzzerDevice, TimeSpan time)
    {
        lock (_gate)
        {
            _beeps[buzzerDevice] = pace.GetUtcNow() + time;
        }

        Update();
    }

    /// <summary>Everything blinks and beeps.</summary>
    public void Identify(TimeSpan time)
    {
        lock (_gate)
        {
            _blinkUntil = pace.GetUtcNow() + time;
        }

        Update();
    }

    /// <summary>
    /// Sets every line to what it has to be now. Called at each change, and often enough for the blinking.
    /// </summary>
    public void Update()
    {
        var view = desk.View();
        lock (_gate)
        {
            var now = pace.GetUtcNow();
            var pattern = LampPattern.Of(view);
            if (pattern != _pattern)
            {
                (_pattern, _since) = (pattern, now);
            }

            if (view.Face != _face)
            {
                _face = view.Face;
                if (_face is KioskFace.Calling or KioskFace.AlreadyCalling)
                {
                    _beeps[device] = now + BeepFor;
                }
            }

            var isBlinkOn = now < _blinkUntil ? ((_blinkUntil - now).TotalMilliseconds % 800 > 400) : (bool?)null;
            _lines?.Switch(LineKind.Lamp, line => isBlinkOn ?? (LitOf(line.Device, now) & ColourOf(line.Signal)) != 0);
            _lines?.Switch(LineKind.Buzzer, line => isBlinkOn ?? now < _beeps.GetValueOrDefault(line.Device));
        }
    }

    private LampColours LitOf(string lampDevice, DateTimeOffset now)
    {
        if (_overrides.TryGetValue(lampDevice, out var forced))
        {
            if (now < forced.Until)
            {
                return forced.Colours;
            }

            _overrides.Remove(lampDevice);
        }

        return lampDevice == device ? _pattern.LitAfter(now - _since) : LampColours.None;
    }

    private static LampColours ColourOf(string name) =>
        Enum.TryParse<LampColours>(name, ignoreCase: true, out var colour) ? colour : LampColours.None;
}
