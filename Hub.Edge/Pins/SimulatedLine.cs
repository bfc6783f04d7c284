namespace Hub.Edge.Pins;

internal sealed class SimulatedLine(
    SimulatedChip chip, int line, bool isOutput, string consumer, Action<LineEvent> onEvent) : IGpioLine
{
    private volatile bool _isOutput = isOutput;
    private volatile bool _isDisposed;
    private volatile bool _isBroken;
    private uint _sequence;

    public string Consumer => consumer;

    public bool? IsActive => IsWorking ? chip.IsActive(line) : null;

    public bool IsBroken => _isBroken;

    private bool IsWorking => !_isDisposed && !_isBroken;

    public void Switch(bool active)
    {
        if (_isOutput && IsWorking)
        {
            chip.SetOutput(line, active);
        }
    }

    public void Change(LineSettings settings)
    {
        if (!IsWorking)
        {
            throw new GpioException(
                GpioFault.OfRequest(GpioFault.Asked(chip.Name, line, consumer), Kernel.NoDevice, null));
        }

        if (_isOutput || settings.IsOutput)
        {
            chip.SetOutput(line, false);
        }

        _isOutput = settings.IsOutput;
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            Switch(false);
            _isDisposed = true;
            chip.Release(line);
        }
    }

    internal void Break() => _isBroken = true;

    internal void Take(bool active, long nanoseconds, bool isDropped)
    {
        if (_isOutput || !IsWorking)
        {
            return;
        }

        _sequence++;
        if (!isDropped)
        {
            onEvent(new LineEvent(active, nanoseconds, _sequence));
        }
    }
}
