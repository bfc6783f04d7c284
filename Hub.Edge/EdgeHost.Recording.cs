using System.Security.Cryptography;
using Hub.Edge.Outbox;
using Hub.Edge.Sensing;

namespace Hub.Edge;

/// <summary>
/// Where what was sensed goes: into the outbox, and past it what must not wait for a disk that takes nothing.
/// </summary>
public sealed partial class EdgeHost
{
    void ISensingSink.Pressed(string device, DateTimeOffset at) => Pressed(device, at);

    void ISensingSink.Told(string device, string signal, double value, DateTimeOffset at) =>
        Take(new EdgeRecord(device, signal, at, value));

    private void Pressed(string device, DateTimeOffset at)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        if (device == _own.Kiosk.Device)
        {
            _ = _desk.PressAsync(id, at); // The screen says what becomes of it.
            return;
        }

        var record = new EdgeRecord(device, EdgeSignals.Press, at, 1, id);
        try
        {
            Commit(record);
        }
        catch (OutboxException)
        {
            _ = SendPressAsync(record);
        }
    }

    private OutboxPlace Commit(EdgeRecord record)
    {
        var place = _outbox.Commit(record);
        Recorded?.Invoke(record);
        return place;
    }

    /// <summary>A press, or its taking back, that can't be recorded; true when the hub has acknowledged it.</summary>
    private async Task<bool> SendPressAsync(EdgeRecord record)
    {
        var isThere = await _direct.TrySendAsync(record);
        if (isThere)
        {
            Recorded?.Invoke(record);
        }
        else
        {
            Log.PressFailed(_logger, record.Name, _outbox.Events.Fault ?? "it stops.");
        }

        return isThere;
    }

    private void Take(EdgeRecord record)
    {
        if (!_outbox.Take(record))
        {
            _ = SendEventAsync(record);
            return;
        }

        Recorded?.Invoke(record);
    }

    /// <summary>
    /// An alarm or a change that can't be recorded. Nobody is told that it is kept, so where the hub doesn't take it
    /// it waits in memory for the disk to come back.
    /// </summary>
    private async Task SendEventAsync(EdgeRecord record)
    {
        if (!_uplink.IsConnected || !await _direct.TrySendAsync(record))
        {
            _outbox.Wait(record);
        }

        Recorded?.Invoke(record);
    }
}
