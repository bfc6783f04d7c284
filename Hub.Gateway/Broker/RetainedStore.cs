using System.Threading.Channels;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// The last retained message of each topic, in memory and bounded; <see cref="RetainedKeeper"/> carries what changes to
/// hub.db.
/// </summary>
internal sealed class RetainedStore(BrokerOptions options, BrokerCounters counters)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, BrokerMessage> _messages = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly Channel<bool> _hasChanged = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _bytes;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _messages.Count;
            }
        }
    }

    /// <summary>Keeps the message, or, if it is empty, forgets its topic (3.3.1.3).</summary>
    public void Keep(BrokerMessage message)
    {
        lock (_gate)
        {
            var old = _messages.GetValueOrDefault(message.Topic);
            var bytes = _bytes - (old?.Payload.Length ?? 0) + message.Payload.Length;
            if (message.Payload.IsEmpty)
            {
                _messages.Remove(message.Topic);
            }
            else if ((old is null && _messages.Count >= options.RetainedMax) || bytes > options.RetainedBytesMax)
            {
                counters.AddNotRetained();
                return;
            }
            else
            {
                _messages[message.Topic] = message;
            }

            _bytes = bytes;
            _changed.Add(message.Topic);
            _hasChanged.Writer.TryWrite(true);
        }
    }

    public IReadOnlyList<BrokerMessage> Match(string filter)
    {
        lock (_gate)
        {
            if (filter.AsSpan().IndexOfAny('+', '#') < 0)
            {
                return _messages.TryGetValue(filter, out var one) ? [one] : [];
            }

            return [.. _messages.Values.Where(message => TopicFilter.Matches(filter, message.Topic))];
        }
    }

    /// <summary>Puts back what an earlier run kept.</summary>
    public void Load(IEnumerable<BrokerMessage> messages)
    {
        lock (_gate)
        {
            foreach (var message in messages)
            {
                _messages[message.Topic] = message;
                _bytes += message.Payload.Length;
            }
        }
    }

    public async Task WaitForChangeAsync(CancellationToken cancel) => await _hasChanged.Reader.ReadAsync(cancel);

    /// <summary>What has changed since the last call; null for a topic without a message.</summary>
    public IReadOnlyList<(string Topic, BrokerMessage? Message)> TakeChanges()
    {
        lock (_gate)
        {
            var changes = _changed.Select(topic => (topic, _messages.GetValueOrDefault(topic))).ToList();
            _changed.Clear();
            return changes;
        }
    }
}
