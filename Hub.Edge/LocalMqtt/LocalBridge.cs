using System.Text;
using System.Threading.Channels;
using Hub.Edge.Outbox;
using Hub.Edge.Sampling;
using Hub.Edge.Setup;
using Hub.Transport.Mqtt;

namespace Hub.Edge.LocalMqtt;

/// <summary>
/// Takes a local broker's messages as they are, each with the time at which it came, and acknowledges what is kept.
/// <code>
///   local broker ═QoS 1═► held ─► LocalOutbox (commit) ─► LocalSender
///                ◄═PUBACK═════════════┘
/// </code>
/// </summary>
public sealed class LocalBridge : IDisposable
{
    private const int HeldMax = 500;
    private const int RowBytesMax = 1 << 20;

    /// <summary>So long a message waits for company: the card is written once for all that come meanwhile.</summary>
    private static readonly TimeSpan CommitDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    /// <summary>So long a broker that is taken away may take to let the edge go.</summary>
    private static readonly TimeSpan LeaveFor = TimeSpan.FromSeconds(10);

    private readonly Channel<(KeptMessage Message, TaskCompletionSource Kept)> _held =
        Channel.CreateBounded<(KeptMessage, TaskCompletionSource)>(
            new BoundedChannelOptions(HeldMax) { SingleReader = true });

    private readonly LocalBroker _broker;
    private readonly LocalOutbox _outbox;
    private readonly Func<ClockStamp> _clock;
    private readonly TimeProvider _pace;
    private readonly MqttClient _client;
    private volatile IReadOnlyList<string> _topics;
    private volatile Task _lastKept = Task.CompletedTask;

    public LocalBridge(
        string edge, LocalBroker broker, LocalOutbox outbox, DeviceFaults faults, Func<ClockStamp> clock,
        TimeProvider time, TimeProvider pace)
    {
        (_broker, _outbox, _clock, _pace, _topics) = (broker, outbox, clock, pace, broker.Topics);
        var link = LinkOf(broker);
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
                if (!_topics.Any(filter => TopicFilter.Matches(filter, message.Topic)))
                {
                    return Task.CompletedTask; // The session still has what was asked for before.
                }

                var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _lastKept = kept.Task;
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

    /// <summary>What tells whether the broker can be reached.</summary>
    public static SampledPoint LinkOf(LocalBroker broker) => new() { Device = broker.Device, Signal = "mqtt" };

    /// <param name="next">The broker that the edge is to have when this is stopped; null for none any more.</param>
    public async Task RunAsync(Func<LocalBroker?> next, CancellationToken stopping)
    {
        using var stop = new CancellationTokenSource();
        Task[] loops =
        [
            _client.RunAsync(stop.Token), UntilStoppedAsync(ListenAsync, stop.Token),
            UntilStoppedAsync(KeepAsync, stop.Token),
        ];
        await Task.WhenAny([.. loops, Task.Delay(Timeout.InfiniteTimeSpan, _pace, stopping)]);
        if (stopping.IsCancellationRequested && next() is var then && !_broker.Equals(then))
        {
            await LeaveAsync(then);
        }

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

    private async Task ListenAsync(CancellationToken stopping)
    {
        foreach (var (topic, reason) in _broker.Topics.Zip(await SubscribeAsync(_broker.Topics, stopping))
                     .Where(answer => (byte)answer.Second >= 0x80))
        {
            Trouble?.Invoke($"The local broker doesn't tell {topic}: {reason}.");
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, _pace, stopping);
    }

    /// <summary>
    /// What was retained comes once, with a new session; and keeps its flag, so that the hub retains it too.
    /// </summary>
    private Task<IReadOnlyList<MqttReason>> SubscribeAsync(IReadOnlyList<string> topics, CancellationToken stopping) =>
        _client.SubscribeAsync(
            [.. topics.Select(topic => new MqttSubscription(
                topic, MqttQoS.AtLeastOnce, RetainAsPublished: true, RetainHandling: MqttRetainHandling.SendIfNew))],
            stopping);

    /// <summary>
    /// Ends what the broker would go on to queue for nobody, not before it queues what the next one wants; what has
    /// come until then is kept. A broker that can't be reached now ends the session by itself when it is over.
    /// </summary>
    private async Task LeaveAsync(LocalBroker? next)
    {
        var then = next?.IsAtSamePlaceAs(_broker) == true ? next.Topics : [];
        _topics = [.. _broker.Topics, .. then];
        using var patience = new CancellationTokenSource(LeaveFor, _pace);
        try
        {
            if (_client.State != MqttClientState.Waiting)
            {
                await ChangeAsync([.. then.Except(_broker.Topics)], [.. _broker.Topics.Except(then)], patience.Token);
            }

            await _lastKept.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It had its time.
        }
    }

    private async Task ChangeAsync(string[] added, string[] removed, CancellationToken cancel)
    {
        if (added.Length > 0)
        {
            await SubscribeAsync(added, cancel);
        }

        if (removed.Length > 0)
        {
            await _client.UnsubscribeAsync(removed, cancel);
        }
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
            while (!TryAppend(row))
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

    private bool TryAppend(KeptRow row)
    {
        try
        {
            _outbox.Append(row, _broker.BytesMax);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Trouble?.Invoke(e.Message);
            return false;
        }
    }
}
