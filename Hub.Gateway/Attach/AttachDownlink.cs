using System.Threading.Channels;
using Hub.Gateway.Broker;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Attach;

/// <summary>
/// What the hub says at the site's broker. Of a retained topic the last state is kept until the broker has it, and told
/// again to a broker that has forgotten its session; a command goes now or never. No caller waits for the link.
/// </summary>
internal sealed class AttachDownlink(AttachOptions options, AttachCounters counters, ILogger logger) : IDownlink
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _retained = new(StringComparer.Ordinal);
    private readonly LinkedList<string> _due = new();
    private readonly HashSet<string> _isDue = new(StringComparer.Ordinal);
    private readonly Queue<MqttMessage> _commands = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private bool _isConnected;

    public ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        if (!TopicFilter.IsValidName(topic))
        {
            throw new ArgumentException($"'{topic}' is no topic to publish to.", nameof(topic));
        }

        lock (_gate)
        {
            if (retain ? !TryKeep_NeedsLock(topic, payload) : !TryQueue_NeedsLock(topic, payload))
            {
                counters.AddDropped();
            }
        }

        _signal.Writer.TryWrite(true);
        return ValueTask.CompletedTask;
    }

    public void Connected(bool sessionPresent)
    {
        lock (_gate)
        {
            _isConnected = true;
            foreach (var topic in sessionPresent ? [] : _retained.Keys.ToList())
            {
                MakeDue_NeedsLock(topic);
            }
        }

        _signal.Writer.TryWrite(true);
    }

    public void Disconnected()
    {
        lock (_gate)
        {
            _isConnected = false;
            while (_commands.TryDequeue(out _))
            {
                counters.AddDropped();
            }
        }
    }

    public async Task RunAsync(MqttClient client, CancellationToken stopping)
    {
        try
        {
            while (await _signal.Reader.WaitToReadAsync(stopping))
            {
                _signal.Reader.TryRead(out _);
                while (TakeNext() is { } message)
                {
                    await SendAsync(client, message, stopping);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The hub stops, or the client has.
        }
    }

    private async Task SendAsync(MqttClient client, MqttMessage message, CancellationToken stopping)
    {
        var result = await client.PublishAsync(message, stopping);
        if (result.IsAccepted)
        {
            counters.AddPublished();
        }
        else
        {
            counters.AddDropped();
            AttachMessages.PublishRefused(logger, message.Topic, result.Reason);
        }

        lock (_gate)
        {
            // A state that was taken back is forgotten here once it is there.
            if (message is { Retain: true, Payload.IsEmpty: true } && !_isDue.Contains(message.Topic))
            {
                _retained.Remove(message.Topic);
            }
        }
    }

    private MqttMessage? TakeNext()
    {
        lock (_gate)
        {
            if (_commands.TryDequeue(out var command))
            {
                return command;
            }

            // Not before there is a link: what waits here is replaced by what is newer, what the client has isn't.
            if (!_isConnected || _due.First is not { Value: var topic })
            {
                return null;
            }

            _due.RemoveFirst();
            _isDue.Remove(topic);
            return new MqttMessage(topic, _retained[topic]) { Retain = true };
        }
    }

    private bool TryKeep_NeedsLock(string topic, ReadOnlyMemory<byte> payload)
    {
        if (!_retained.ContainsKey(topic) && _retained.Count >= options.RetainedMax)
        {
            return false;
        }

        _retained[topic] = payload.ToArray();
        MakeDue_NeedsLock(topic);
        return true;
    }

    private bool TryQueue_NeedsLock(string topic, ReadOnlyMemory<byte> payload)
    {
        if (!_isConnected || _commands.Count >= options.CommandsMax)
        {
            return false;
        }

        _commands.Enqueue(new MqttMessage(topic, payload.ToArray()));
        return true;
    }

    private void MakeDue_NeedsLock(string topic)
    {
        if (_isDue.Add(topic))
        {
            _due.AddLast(topic);
        }
    }
}
