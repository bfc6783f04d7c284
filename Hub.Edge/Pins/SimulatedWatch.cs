namespace Hub.Edge.Pins;

internal sealed class SimulatedWatch(SimulatedChip chip, int[] lines, Action<LineEvent> onEvent) : IGpioWatch
{
    private readonly Lock _gate = new();
    private readonly SequenceGaps _gaps = new();

    public long EventsLost
    {
        get
        {
            lock (_gate)
            {
                return _gaps.Lost;
            }
        }
    }

    public string? Fault => null;

    public bool IsActive(int line) => chip.IsActive(line);

    public void Take(LineEvent lineEvent)
    {
        lock (_gate)
        {
            _gaps.Take(lineEvent.Line, lineEvent.LineSequence);
            onEvent(lineEvent);
        }
    }

    public void Dispose() => chip.Release(lines);
}
