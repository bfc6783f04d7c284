namespace Hub.Edge.Sensing;

/// <summary>
/// A call button. A press is the first edge of the contact after it was let go; edges within the debounce time belong
/// to it. A second press within the repeat window is still a press, marked as a repeat: whoever presses twice wants to
/// be heard twice.
/// </summary>
public sealed class Button(TimeSpan debounce, TimeSpan repeatWindow)
{
    private const long StuckNanoseconds = 120_000_000_000;

    private readonly long _debounceNanoseconds = debounce.Ticks * 100;
    private readonly long _repeatNanoseconds = repeatWindow.Ticks * 100;
    private long? _lastEdge;
    private long? _lastPress;
    private bool _isDown;
    private long _downAt;

    public Button()
        : this(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(60))
    {
    }

    /// <summary>Sets where it is at the start, which is no press.</summary>
    public void Begin(bool isActive, long nanoseconds) => (_isDown, _downAt) = (isActive, nanoseconds);

    /// <summary>
    /// Nobody presses for two minutes: it is jammed, and whoever presses it now is not heard. Null while it is down for
    /// less: that is a press, or will be stuck.
    /// </summary>
    public bool? IsStuck(long nanoseconds) =>
        !_isDown ? false : nanoseconds - _downAt >= StuckNanoseconds ? true : null;

    public ButtonPress Take(bool isActive, long nanoseconds)
    {
        var isBounce = _lastEdge is { } edge && nanoseconds - edge < _debounceNanoseconds;
        _lastEdge = nanoseconds;
        var wasDown = _isDown;
        _isDown = isActive;
        _downAt = wasDown ? _downAt : nanoseconds;
        if (!isActive || wasDown || isBounce)
        {
            return ButtonPress.None;
        }

        var isRepeat = _lastPress is { } press && nanoseconds - press < _repeatNanoseconds;
        _lastPress = nanoseconds;
        return isRepeat ? ButtonPress.Repeat : ButtonPress.First;
    }
}
