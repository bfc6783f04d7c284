using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>
/// The clocks once more, as a caretaker with a wall clock and a sheet of paper would keep them: whole minutes, one after
/// the other, and a line on the paper for each promise. Knows nothing of events, states or due-time arithmetic in ticks.
/// </summary>
internal sealed class MinuteOracle
{
    private readonly List<Line> _paper = [];
    private readonly DateTimeOffset _start;
    private int _minute;
    private int _done;
    private int _round;
    private bool _isExplained;
    private (int From, int Until)? _commitment;

    /// <param name="start">Minute 0.</param>
    /// <param name="term">Until when its kind is to be done, if it has a time of its own.</param>
    /// <param name="appointed">When somebody is to be there, if not at once.</param>
    public MinuteOracle(DateTimeOffset start, int? term, int appointed = 0)
    {
        (_start, _round) = (start, appointed);
        Start(ClockKind.C5, _round, _round + 5);
        if (term is { } until)
        {
            _commitment = (0, until);
            Start(ClockKind.Cx, 0, until);
        }
        else
        {
            Start(ClockKind.C30, _round, _round + 30);
        }
    }

    public IEnumerable<(ClockKind Kind, int Start, int Due, ClockResult Result, int? Stopped)> Clocks =>
        _paper.Select(line => (line.Kind, line.Start, line.Due, line.Result, line.Stopped));

    public void WaitUntil(int minute)
    {
        Look();
        while (_minute < minute)
        {
            _minute++;
            Look();
        }
    }

    /// <summary>What an accepted command means for the promises, whenever it is heard of.</summary>
    /// <param name="command">What was done.</param>
    /// <param name="minute">In which minute.</param>
    public void Note(OrderCommand command, int minute)
    {
        _done = minute;
        switch (command)
        {
            case OrderCommand.Arrive or OrderCommand.Answer:
                Stop(ClockKind.C5, ClockResult.Met);
                break;
            case OrderCommand.Explain:
                Stop(ClockKind.C30, ClockResult.Met);
                if (!_isExplained && _commitment is null)
                {
                    Start(ClockKind.C4h, _round, _round + 240);
                }

                _isExplained = true;
                break;
            case OrderCommand.HandToVendor:
                Stop(ClockKind.C4h, ClockResult.Replaced);
                if (_commitment is null)
                {
                    Start(ClockKind.C1d, _round, _round + 1440);
                }

                break;
            case OrderCommand.Commit commit:
                Stop(ClockKind.C1d, ClockResult.Met);
                Stop(ClockKind.Cx, ClockResult.Replaced);
                _commitment = (_done, (int)(commit.DueAt - _start).TotalMinutes);
                Start(ClockKind.Cx, _done, _commitment.Value.Until);
                break;
            case OrderCommand.Appoint appoint:
                Appoint((int)(appoint.For - _start).TotalMinutes);
                break;
            case OrderCommand.Enlarge:
                Stop(ClockKind.C4h, ClockResult.Replaced);
                _commitment = (_round, _round + (3 * 1440));
                Start(ClockKind.Cx, _done, _commitment.Value.Until);
                break;
            case OrderCommand.Resolve or OrderCommand.OverrideClose:
                Stop(ClockKind.C5, ClockResult.Replaced);
                StopAll(ClockResult.Met);
                Start(ClockKind.Cfu, _done, _done + 1440);
                break;
            case OrderCommand.FollowUp:
                Stop(ClockKind.Cfu, ClockResult.Met);
                break;
            case OrderCommand.Reopen:
                Again();
                break;
            case OrderCommand.Cancel or OrderCommand.Merge:
                StopAll(ClockResult.Replaced);
                break;
            default:
                break;
        }

        Look();
    }

    private void Appoint(int minute)
    {
        foreach (var kind in new[] { ClockKind.C5, ClockKind.C30, ClockKind.C4h })
        {
            Stop(kind, ClockResult.Replaced);
        }

        (_round, _isExplained) = (minute, false);
        Start(ClockKind.C5, minute, minute + 5);
        if (_commitment is null)
        {
            Start(ClockKind.C30, minute, minute + 30);
        }
    }

    private void Again()
    {
        StopAll(ClockResult.Replaced);
        _round = _done;
        Start(ClockKind.C5, _done, _done + 5);
        if (_commitment is { } old)
        {
            _commitment = (_done, _done + (old.Until - old.From));
            Start(ClockKind.Cx, _done, _commitment.Value.Until);
        }
        else
        {
            _isExplained = false;
            Start(ClockKind.C30, _done, _done + 30);
        }
    }

    private void Look()
    {
        foreach (var line in _paper.Where(line => line.Result == ClockResult.Running && line.Due <= _minute))
        {
            line.Result = ClockResult.Breached;
        }
    }

    private void Start(ClockKind kind, int start, int due) => _paper.Add(new Line(kind, start, due));

    private void Stop(ClockKind kind, ClockResult result)
    {
        foreach (var line in _paper.Where(line => line.Kind == kind && line.Stopped is null))
        {
            line.Stopped = _done;
            line.Result = line.Result == ClockResult.Running || _done < line.Due ? result : line.Result;
        }
    }

    private void StopAll(ClockResult result)
    {
        foreach (var kind in Enum.GetValues<ClockKind>())
        {
            Stop(kind, result);
        }
    }

    private sealed class Line(ClockKind kind, int start, int due)
    {
        public ClockKind Kind { get; } = kind;

        public int Start { get; } = start;

        public int Due { get; } = due;

        public int? Stopped { get; set; }

        public ClockResult Result { get; set; }
    }
}
