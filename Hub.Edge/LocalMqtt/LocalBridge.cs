using System.Text;
using System.Threading.Channels;
using Hub.Edge.Forwarding;
using Hub.Edge.Outbox;
using Hub.Edge.Sampling;
using Hub.Edge.Setup;
using Hub.Transport.Log;
using Hub.Transport.Messages;
using Hub.Transport.Mqtt;

namespace Hub.Edge.LocalMqtt;

/// <summary>
/// Forwards a local broker's messages to the hub as they are, each with the time at which it came.
/// <code>
///   local broker ═QoS 1═► held ─► LocalOutbox (commit) ─► uplink ═QoS 1═► hub/1/{edge}/local/{topic}
///                ◄═PUBACK═════════════┘     ▲ trimmed ◄──────── acknowledged
/// </code>
/// </summary>
public sealed class LocalBridge : IDisposable
{
    private const int HeldMax = 500;
    private const int RowBytesMax = 1 << 20;

    /// <summary>What may stand before a press on a slow line.</summary>
    private const int InFlightMax = 8;

    /// <summary>So long a message waits for company: the card is written once for all that come meanwhile.</summary>
    private static readonly TimeSpan CommitDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly Channel<(KeptMessage Message, TaskCompletionSource Kept)> _held =
        Channel.CreateBounded<(KeptMessage, TaskCompletionSource)>(
            new BoundedChannelOptions(HeldMax) { SingleReader = true });

    private readonly string _edge;
    private readonly LocalBroker _broker;
    private readonly LocalOutbox _outbox;
    private readonly IUplink _uplink;
    private readonly Func<ClockStamp> _clock;
    private readonly TimeProvider _pace;
    private readonly MqttClient _client;

    public LocalBridge(
        string edge, LocalBroker broker, LocalOutbox outbox, IUplink uplink, DeviceFaults faults,
        Func<ClockStamp> clock, TimeProvider time, TimeProvider pace)
    {
        (_edge, _broker, _outbox, _uplink, _clock, _pace) = (edge, broker, outbox, uplink, clock, pace);
        var link = new SampledPoint { Device = broker.Device, Signal = "mqtt" };
        _client = new MqttClient(
            new MqttClientOptions
            {
                ClientId = $"buildinghub-{edge}",
                UserName = broker.User,
                Password = broker.Password is { } password ? new(Encoding.UTF8.GetBytes(password)) : null,
                ReceiveMax = HeldMax,
                SessionExpiry = TimeSpan.FromDays(7),
                BackoffMax = TimeSpan.FromSeconds(30),
            },
            MqttConnector.Tcp(broker.Host, broker.Port), pace, Random.Shared)
        {
            OnHeldMessage = async (message, cancel) =>
            {
                var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var payload = message.Payload.ToArray();
                await _held.Writer.WriteAsync(
                    (new KeptMessage(time.GetUtcNow(), message.Topic, payload, message.Retain), kept), cancel);
                return kept.Task;
            },
        };
        _client.Connected += _ => faults.Clear(link);
        _client.Disconnected += ended =>
        {
            if (ended.Kind != MqttDisconnectKind.Stopped)
            {
                faults.Note(link, ended.Sentence);
            }
        };
    }

    /// <summary>Something goes wrong that is tried again, or is given up; in a sentence.</summary>
    public event Action<string>? Trouble;

    public async Task RunAsync(CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] loops =
        [
            _client.RunAsync(stop.Token), UntilStoppedAsync(SubscribeAsync, stop.Token),
            UntilStoppedAsync(KeepAsync, stop.Token), UntilStoppedAsync(SendAsync, stop.Token),
        ];
        await Task.WhenAny(loops);
        await stop.CancelAsync();
        await Task.WhenAll(loops);
    }

    public void Dispose() => _client.Dispose();

    private static async Task UntilStoppedAsync(Func<CancellationToken, Task> loop, CancellationToken stopping)
    {
        try
        {
            await loop(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task SubscribeAsync(CancellationToken stopping)
    {
        // What was retained comes once, with a new session; and keeps its flag, so that the hub retains it too.
        var reasons = await _client.SubscribeAsync(
            [.. _broker.Topics.Select(topic => new MqttSubscription(
                topic, MqttQoS.AtLeastOnce, RetainAsPublished: true, RetainHandling: MqttRetainHandling.SendIfNew))],
            stopping);
        foreach (var (topic, reason) in _broker.Topics.Zip(reasons).Where(answer => (byte)answer.Second >= 0x80))
        {
            Trouble?.Invoke($"The local broker doesn't tell {topic}: {reason}.");
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, _pace, stopping);
    }

    private async Task KeepAsync(CancellationToken stopping)
    {
        while (await _held.Reader.WaitToReadAsync(stopping))
        {
            await Task.Delay(CommitDelay, _pace, stopping);
            var batch = new List<(KeptMessage Message, TaskCompletionSource Kept)>();
            for (var bytes = 0; bytes < RowBytesMax && _held.Reader.TryRead(out var held);)
            {
                batch.Add(held);
                bytes += held.Message.Payload.Length;
            }

            var dropped = _outbox.Dropped;
            var row = new KeptRow(_clock(), [.. batch.Select(held => held.Message)]);
            while (!Try(() => _outbox.Append(row)))
            {
                await Task.Delay(RetryDelay, _pace, stopping); // Unacknowledged, they wait at the broker.
            }

            batch.ForEach(held => held.Kept.TrySetResult());
            if (_outbox.Dropped > dropped)
            {
                Trouble?.Invoke($"{_outbox.Dropped - dropped} local messages were dropped unsent: the outbox is full.");
            }
        }
    }

    private async Task SendAsync(CancellationToken stopping)
    {
        while (true)
        {
            (LogPosition Position, KeptRow Row)? next = null;
            if (!Try(() => next = _outbox.Next()))
            {
                await Task.Delay(RetryDelay, _pace, stopping);
            }
            else if (next is var (position, row))
            {
                foreach (var some in row.Messages.Chunk(InFlightMax))
                {
                    await Task.WhenAll(some.Select(message => SendAsync(message, row.Clock, stopping)));
                }

                Try(() => _outbox.Sent(position));
            }
            else
            {
                await _outbox.WhenAppendedAsync(stopping);
            }
        }
    }

    private async Task SendAsync(KeptMessage message, ClockStamp clock, CancellationToken stopping)
    {
        var (shift, quality) = clock.RepairedBy(_clock());
        var topic = Topics.Local(_edge, message.Topic);
        var payload = LocalMessage.Write(message.At + shift, quality switch
        {
            ClockQuality.Synced => SenMlClock.Synced,
            ClockQuality.Estimated => SenMlClock.Estimated,
            _ => SenMlClock.Unsynced,
        }, message.Payload.Span);
        while (true)
        {
            try
            {
                await _uplink.PublishAsync(topic, payload, message.IsRetained, stopping);
                return;
            }
            catch (UplinkRefusedException e)
            {
                Trouble?.Invoke(e.Message);
                if (e.IsForGood)
                {
                    return;
                }
            }

            await Task.Delay(RetryDelay, _pace, stopping);
        }
    }

    private bool Try(Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Trouble?.Invoke(e.Message);
            return false;
        }
    }
}
