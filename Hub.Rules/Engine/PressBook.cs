using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// K1 at one device: every press counts once, by its own id or else by its point and time, however often and in
/// whatever
/// order it comes.
/// <code>
///   press, new key      → raised                    cancel, key of a press   → withdrawn, once
///   press, known key    → nothing                   cancel before its press  → kept; the press is raised and withdrawn
/// </code>
/// </summary>
internal sealed class PressBook
{
    /// <summary>Presses that one device may have remembered; the oldest is forgotten.</summary>
    private const int PressesMax = 128;

    /// <summary>A cancel without an id means the last press, if it is not older.</summary>
    private const long CancelWithinTicks = 10 * TimeSpan.TicksPerMinute;

    private readonly List<Press> _presses = [];

    /// <summary>True if this press is new; <paramref name="isCancelled"/> if its cancel came first.</summary>
    public bool TryPress(string key, int point, long atTicks, out bool isCancelled)
    {
        isCancelled = false;
        var index = _presses.FindIndex(press => press.Key == key);
        if (index >= 0)
        {
            var known = _presses[index];
            isCancelled = known is { Point: 0, IsCancelled: true };
            if (!isCancelled)
            {
                return false;
            }

            _presses.RemoveAt(index);
        }

        Remember(new Press(key, point, atTicks, isCancelled));
        return true;
    }

    /// <summary>The press that is taken back, if there is one that hasn't been yet.</summary>
    public bool TryCancel(string? id, long atTicks, out string key, out int point)
    {
        var index = id is null
            ? _presses.FindLastIndex(press =>
                !press.IsCancelled && press.At <= atTicks && atTicks - press.At <= CancelWithinTicks)
            : _presses.FindIndex(press => press.Key == id);
        (key, point) = (id ?? "", 0);
        if (index < 0)
        {
            if (id is not null)
            {
                Remember(new Press(id, 0, atTicks, true));
            }

            return false;
        }

        var press = _presses[index];
        (key, point) = (press.Key, press.Point);
        _presses[index] = press with { IsCancelled = true };
        return !press.IsCancelled;
    }

    public void Persist(StateCodec state)
    {
        var count = _presses.Count;
        state.Sync(ref count);
        for (var i = 0; i < count; i++)
        {
            var (key, point, at, isCancelled) = state.IsLoading ? new Press("", 0, 0, false) : _presses[i];
            state.Sync(ref key);
            state.Sync(ref point);
            state.Sync(ref at);
            state.Sync(ref isCancelled);
            if (state.IsLoading)
            {
                _presses.Add(new Press(key, point, at, isCancelled));
            }
        }
    }

    private void Remember(Press press)
    {
        _presses.Add(press);
        if (_presses.Count > PressesMax)
        {
            _presses.RemoveAt(0);
        }
    }

    private readonly record struct Press(string Key, int Point, long At, bool IsCancelled);
}
