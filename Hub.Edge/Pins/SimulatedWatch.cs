namespace Hub.Edge.Pins;

internal sealed class SimulatedWatch(SimulatedChip chip, int[] lines, Action<LineEvent> onEvent) : IGpioWatch
{
    private readonly Lock _gate = new();

    public string? Fault => null;

    public bool IsActive(int line) => chip.IsActive(line);

    public void Take(LineEvent lineEvent)
    {
        lock (_gate)
        {
            onEvent(lineEvent);
        }
    }

    public void Dispose() => chip.Release(lines);
}
