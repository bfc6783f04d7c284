using Hub.Edge.LocalMqtt;
using Hub.Edge.Modbus;
using Hub.Edge.Sampling;
using Hub.Edge.Sensing;
using Hub.Edge.Setup;
using Hub.Edge.Sysfs;

namespace Hub.Edge;

/// <summary>What is read beside the lines.</summary>
public sealed partial class EdgeHost
{
    private IReadOnlyList<Source> SourcesOf(EdgeOptions options) =>
    [
        .. options.Sensors.Select(sensor => new Source(sensor, [sensor.Point],
            new SensorWatch(sensor, _deviceFaults, this, _time, _pace).RunAsync)),
        .. options.Modbus.Select(bus => new Source(bus, [.. bus.Registers.Select(register => register.Point)],
            stopping => new ModbusBus(bus, ModbusBus.LinkOf(bus, _pace), _deviceFaults, this, _time)
                .RunAsync(stopping))),
        .. options.LocalMqtt is { } broker
            ? [new Source(broker, [LocalBridge.LinkOf(broker)], stopping => BridgeAsync(broker, stopping))]
            : Array.Empty<Source>(),
    ];

    private async Task BridgeAsync(LocalBroker broker, CancellationToken stopping)
    {
        using var bridge = new LocalBridge(_own.Edge, broker, _local, _deviceFaults, Stamp, _time, _pace);
        bridge.Trouble += NoteLocal;
        await bridge.RunAsync(() => _options.LocalMqtt, stopping);
    }

    private void NoteLocal(string why) => Log.BridgeTrouble(_logger, why);

    private void TellContacts()
    {
        _lines.TellContacts();
        _deviceFaults.TellAll();
    }

    private void NoteLine(LineOptions line, LineFault? fault)
    {
        var point = new SampledPoint { Device = line.Device, Signal = line.Signal };
        switch (fault)
        {
            case LineFault.Stuck:
                _deviceFaults.Note(point, line.ChangesWithin is { } within
                    ? $"It has not changed for {Durations.Text(within)}: it is stuck, or its wire is cut."
                    : "It has been down for two minutes: it is stuck, and nobody can press it.");
                break;
            case LineFault.Broken:
                _deviceFaults.Note(point, $"Line {line.Line} of {line.Chip} doesn't answer: is the chip plugged in?");
                break;
            case LineFault.None:
                _deviceFaults.Clear(point);
                break;
            default:
                _deviceFaults.Forget(point);
                break;
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
