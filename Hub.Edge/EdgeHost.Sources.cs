using Hub.Edge.Sysfs;

namespace Hub.Edge;

/// <summary>What is read beside the lines: each source in loops of its own, so that none waits for another.</summary>
public sealed partial class EdgeHost
{
    private IEnumerable<Task> Sources(CancellationToken stopping)
    {
        yield return KeepOnAsync(
            new SensorWatch(_own.Sensors, _deviceFaults, this, _time, _pace).RunAsync(stopping), stopping);
    }

    /// <summary>A source that nothing is configured for has nothing to do, which must not end the edge.</summary>
    private async Task KeepOnAsync(Task source, CancellationToken stopping)
    {
        await source;
        await WaitForStopAsync(stopping);
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
