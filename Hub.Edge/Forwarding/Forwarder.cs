using Hub.Edge.Outbox;
using Hub.Edge.Setup;
using Hub.Transport.Messages;

namespace Hub.Edge.Forwarding;

/// <summary>
/// Sends both lanes, many packs in flight, events before readings: no reading is sent while an event waits, and
/// readings never fill the whole window.
/// </summary>
public sealed class Forwarder : IDisposable
{
    /// <summary>What of bulk may stand before a press on a slow line.</summary>
    private const int ReadingsInFlightBytesMax = 512 << 10;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly PackBuilder _packs;
    private readonly LaneSender _events;
    private readonly LaneSender _readings;
    private readonly Resender _again;
    private readonly EdgeLimits _limits;
    private readonly IUplink _uplink;
    private readonly TimeProvider _pace;

    public Forwarder(
        string edge, OutboxLane events, OutboxLane readings, IUplink uplink, EdgeLimits limits, Func<ClockStamp> clock,
        TimeProvider pace)
    {
        (_limits, _uplink, _pace) = (limits, uplink, pace);
        _packs = new PackBuilder(limits.PackRecordsMax, limits.PackBytesMax);
        _events = new LaneSender(events, Topics.Events(edge), _packs, clock);
        _readings = new LaneSender(readings, Topics.Readings(edge), _packs, clock);
        _again = new Resender([(events, Topics.Events(edge)), (readings, Topics.Readings(edge))], _packs, clock);
    }

    /// <summary>The hub has confirmed all events up to here.</summary>
    public event Action<OutboxPlace>? EventsSent;

    /// <summary>The hub refused something that will be tried again.</summary>
    public event Action<string>? Retrying;

    public long Refused => _events.Refused + _readings.Refused;

    /// <summary>Sends again what the hub has lost, behind everything else; answers why not. Any thread.</summary>
    public string? Resend(EdgeCommand.Resend resend) => _again.Ask(resend);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            // Asked for before looking, so that nothing that happens in between is slept over.
            var moved = (Events: _events.WhenMoved, Readings: _readings.WhenMoved, Uplink: _uplink.WhenChanged(),
                Asked: _again.WhenAsked);
            if (_uplink.IsConnected)
            {
                Send(stopping);
            }

            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            var stopped = Task.Delay(Timeout.InfiniteTimeSpan, _pace, giveUp.Token);
            await Task.WhenAny([moved.Events, moved.Readings, moved.Uplink, moved.Asked, stopped, .. Heads()]);
            await giveUp.CancelAsync();
            await SettleAsync(stopping);
        }
    }

    public void Dispose() => _packs.Dispose();

    internal void Send(CancellationToken stopping)
    {
        while (_events.InFlight + _readings.InFlight + _again.InFlight < _limits.InFlightMax)
        {
            if (!_events.SendNext(_uplink, stopping)
                && !(HasRoomForReadings()
                    && (_readings.SendNext(_uplink, stopping) || _again.SendNext(_uplink, stopping))))
            {
                return;
            }
        }
    }

    private bool HasRoomForReadings() =>
        _readings.InFlight < Math.Max(1, _limits.InFlightMax * 3 / 4)
            && _readings.InFlightBytes < ReadingsInFlightBytesMax;

    private IEnumerable<Task> Heads()
    {
        if (_events.Head is { } first)
        {
            yield return first;
        }

        if (_readings.Head is { } second)
        {
            yield return second;
        }

        if (_again.Any is { } third)
        {
            yield return third;
        }
    }

    /// <summary>Moves the lanes over what was confirmed; answers why something must be tried again.</summary>
    internal string? Settle()
    {
        var (eventsThrough, retryEvents) = _events.Settle();
        var (_, retryReadings) = _readings.Settle();
        _again.Settle();
        if (eventsThrough is { } through)
        {
            EventsSent?.Invoke(through);
        }

        return retryEvents ?? retryReadings;
    }

    private async Task SettleAsync(CancellationToken stopping)
    {
        if (Settle() is { } why && !stopping.IsCancellationRequested)
        {
            Retrying?.Invoke(why);
            try
            {
                await Task.Delay(RetryDelay, _pace, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Stopping: there is nothing to try again.
            }
        }
    }
}
