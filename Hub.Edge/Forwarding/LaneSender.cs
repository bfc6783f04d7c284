using Hub.Edge.Outbox;
using Hub.Transport.Log;

namespace Hub.Edge.Forwarding;

/// <summary>
/// What of one lane is in flight. Packs are acknowledged in any order; the lane's cursor moves only over those at the
/// front, so that a restart sends again whatever is not known to have arrived.
/// </summary>
internal sealed class LaneSender(OutboxLane lane, string topic, PackBuilder packs, Func<ClockStamp> clock)
{
    private const int RowBytesPerRead = 64 << 10;

    private readonly LinkedList<(Pack Pack, Task Sending)> _inFlight = new();
    private readonly Queue<Pack> _ready = new();
    private long _epoch = lane.Epoch;
    private LogPosition _read = lane.Sent;

    public int InFlight => _inFlight.Count;

    public int InFlightBytes { get; private set; }

    /// <summary>Packs that the hub refused for good.</summary>
    public long Refused { get; private set; }

    public Task WhenMoved => lane.WhenMoved();

    /// <summary>Completes when the oldest pack in flight is settled; null if none is.</summary>
    public Task? Head => _inFlight.First?.Value.Sending;

    /// <summary>Sends the next pack; false if nothing waits.</summary>
    public bool SendNext(IUplink uplink, CancellationToken stopping)
    {
        if (_ready.Count == 0 && !ReadMore())
        {
            return false;
        }

        var pack = _ready.Dequeue();
        var sending = pack.Bytes.IsEmpty ? Task.CompletedTask
            : uplink.PublishAsync(topic, pack.Bytes, retain: false, stopping);
        _inFlight.AddLast((pack, sending));
        InFlightBytes += pack.Bytes.Length;
        return true;
    }

    /// <summary>
    /// Moves the cursor over what is settled; answers up to where, and why something must be tried again.
    /// </summary>
    public (OutboxPlace? Through, string? Retry) Settle()
    {
        Pack? last = null;
        string? retry = null;
        while (_inFlight.First is { Value: var (pack, sending) } && sending.IsCompleted)
        {
            if (sending.IsCanceled)
            {
                break; // Stopping: it is sent again at the next start.
            }

            if (sending.Exception?.InnerException is { } fault)
            {
                if (fault is not UplinkRefusedException { IsForGood: true })
                {
                    retry = fault.Message;
                    StartAgain();
                    break;
                }

                Refused++;
            }

            last = pack;
            _inFlight.RemoveFirst();
            InFlightBytes -= pack.Bytes.Length;
        }

        if (last is null)
        {
            return (null, retry);
        }

        lane.MoveSent(last.Epoch, last.Through, last.Next);
        return (new OutboxPlace(last.Epoch, last.Through), retry);
    }

    /// <summary>
    /// Reads from the cursor again; what is in flight may then arrive twice, and is known by its sequence.
    /// </summary>
    private void StartAgain()
    {
        _inFlight.Clear();
        _ready.Clear();
        InFlightBytes = 0;
        (_epoch, _read) = (lane.Epoch, lane.Sent);
    }

    private bool ReadMore()
    {
        if (lane.Epoch != _epoch)
        {
            StartAgain(); // The lane's file was damaged and put aside: its positions mean nothing any more.
        }

        var rows = lane.Read(_read, RowBytesPerRead);
        if (rows.Count == 0)
        {
            return false;
        }

        foreach (var pack in packs.Build(rows, _read, clock()))
        {
            _ready.Enqueue(pack);
        }

        _read = rows[^1].Position;
        return true;
    }
}
