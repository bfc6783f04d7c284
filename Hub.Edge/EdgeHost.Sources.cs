using Hub.Edge.LocalMqtt;
using Hub.Edge.Modbus;
using Hub.Edge.Outbox;
using Hub.Edge.Sampling;
using Hub.Edge.Sysfs;

namespace Hub.Edge;

/// <summary>What is read beside the lines: each source in loops of its own, so that none waits for another.</summary>
public sealed partial class EdgeHost
{
    private LocalOutbox? _local;
    private LocalBridge? _bridge;

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

        if (_bridge is not null)
        {
            yield return _bridge.RunAsync(stopping);
        }
    }

    private void OpenBridge()
    {
        if (_own.LocalMqtt is { } broker)
        {
            _local = new LocalOutbox(Path.Combine(_own.DataFolder, "local.db"), broker.BytesMax);
            _bridge = new LocalBridge(_own.Edge, broker, _local, _uplink, _deviceFaults, Stamp, _time, _pace);
            _bridge.Trouble += why => Log.BridgeTrouble(_logger, why);
        }
    }

    private void TellContacts()
    {
        _lines.TellContacts();
        _deviceFaults.TellAll();
    }

    private void NoteStuck(string device, bool isStuck)
    {
        var button = new SampledPoint { Device = device, Signal = EdgeSignals.Press };
        if (isStuck)
        {
            _deviceFaults.Note(button, "It has been down for two minutes: it is stuck, and nobody can press it.");
        }
        else
        {
            _deviceFaults.Clear(button);
        }
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
