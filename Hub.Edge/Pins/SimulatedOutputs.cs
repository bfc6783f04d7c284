namespace Hub.Edge.Pins;

internal sealed class SimulatedOutputs(SimulatedChip chip, int[] lines) : IGpioOutputs
{
    public void Switch(int line, bool active) => chip.SetOutput(line, active);

    public void Dispose()
    {
        foreach (var line in lines)
        {
            chip.SetOutput(line, false);
        }

        chip.Release(lines);
    }
}
