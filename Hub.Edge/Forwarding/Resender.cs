using Hub.Edge.Outbox;
using Hub.Transport.Log;

namespace Hub.Edge.Forwarding;

/// <summary>
/// Sends again what the hub has acknowledged and lost. Whole rows under their old numbers: the hub knows what it has.
/// No cursor moves by it, and what fails is left: a hub that still lacks it asks again.
/// </summary>
internal sealed class Resender(
    IReadOnlyList<(OutboxLane Lane, string Topic)> lanes, PackBuilder packs, Func<ClockStamp> clock)
{
    /// <summary>Holes that are being filled at a time; a hub that has more asks again.</summary>
    public const int AsksMax = 256;

    private const int InFlightMax = 4;
    private const int RowBytesPerRead = 64 << 10;

    private readonly Lock _gate = new();
    private readonly Queue<EdgeCommand.Resend> _asks = new();
    private readonly Queue<(string Topic, Pack Pack)> _ready = new();
    private readonly List<Task> _inFlight = [];
    private volatile TaskCompletionSource _asked = NewSignal();
    private long _next;

    public int InFlight => _inFlight.Count;

    /// <summary>Completes when one in flight is settled; null if none is.</summary>
    public Task? Any => _inFlight.Count > 0 ? Task.WhenAny(_inFlight) : null;

    /// <summary>Completes when something was asked for after this call.</summary>
    public Task WhenAsked => _asked.Task;

    /// <summary>Any thread asks; answers why not.</summary>
    public string? Ask(EdgeCommand.Resend resend)
    {
        if (!lanes.Any(one => one.Lane.Epoch == resend.Epoch))
        {
            return "nothing of that epoch is kept";
        }

        lock (_gate)
        {
            if (_asks.Count >= AsksMax)
            {
                return "busy with others";
            }

            _asks.Enqueue(resend);
        }

        Interlocked.Exchange(ref _asked, NewSignal()).TrySetResult();
        return null;
    }

    /// <summary>Sends the next pack; false if nothing is asked for, or enough is on its way.</summary>
    public bool SendNext(IUplink uplink, CancellationToken stopping)
    {
        if (_inFlight.Count >= InFlightMax || (_ready.Count == 0 && !ReadMore()))
        {
            return false;
        }

        var (topic, pack) = _ready.Dequeue();
        _inFlight.Add(uplink.PublishAsync(topic, pack.Bytes, retain: false, stopping));
        return true;
    }

    public void Settle()
    {
        foreach (var sent in _inFlight.Where(sending => sending.IsFaulted))
        {
            _ = sent.Exception; // Seen.
        }

        _inFlight.RemoveAll(sending => sending.IsCompleted);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool ReadMore()
    {
        while (Current() is { } ask)
        {
            var (lane, topic) = lanes.FirstOrDefault(one => one.Lane.Epoch == ask.Epoch);
            var from = Math.Max(_next, ask.From);
            var rows = (lane?.ReadAgain(from, RowBytesPerRead) ?? [])
                .TakeWhile(row => row.Row.First <= ask.To && row.Row.Epoch == ask.Epoch).ToList();
            if (rows.Count == 0)
            {
                End();
                continue;
            }

            _next = rows[^1].Row.Next;
            var before = new LogPosition(rows[0].Position.Value - 1);
            foreach (var pack in packs.Build(rows, before, clock()).Where(pack => !pack.Bytes.IsEmpty))
            {
                _ready.Enqueue((topic, pack));
            }

            if (_ready.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    private EdgeCommand.Resend? Current()
    {
        lock (_gate)
        {
            return _asks.TryPeek(out var ask) ? ask : null;
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _asks.Dequeue();
            _next = 0;
        }
    }
}
