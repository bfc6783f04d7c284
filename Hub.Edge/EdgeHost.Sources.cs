using Hub.Edge.Modbus;
using Hub.Edge.Sysfs;

namespace Hub.Edge;

/// <summary>What is read beside the lines: each source in loops of its own, so that none waits for another.</summary>
public sealed partial class EdgeHost
{
    private IEnumerable<Task> Sources(CancellationToken stopping)
    {
        if (_own.Sensors.Count > 0)
        {
            yield return new SensorWatch(_own.Sensors, _deviceFaults, this, _time, _pace).RunAsync(stopping);
        }

        foreach (var bus in _own.Modbus)
        {
            yield return new ModbusBus(bus, ModbusBus.LinkOf(bus, _pace), _deviceFaults, this, _time)
                .RunAsync(stopping);
        }
    }

    private void TellContacts()
    {
        _lines.TellContacts();
        _deviceFaults.TellAll();
    }

    private void NoteSource(string point, string? why)
    {
        if (why is null)
        {
            Log.SourceBack(_logger, point);
        }
        else
        {
            Log.SourceFailed(_logger, point, why);
        }
    }
}
