using System.Text;
using Hub.Gateway.Broker;
using Hub.Gateway.Journal;
using Hub.Transport.Messages;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Attach;

/// <summary>
/// Hands the broker's messages to the same intake that the hub's own listener feeds. One message at a time; its commit
/// is awaited elsewhere, so that many share one.
/// </summary>
internal sealed class AttachIntake(
    IIntake intake, JournalLog journal, AttachOptions options, AttachCounters counters, ILogger logger)
{
    private readonly Dictionary<string, (IntakeRoute? Route, string Sender)> _routes = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>Decides about a message; the task is done when what has become of it is on stable storage.</summary>
    public async ValueTask<Task> TakeAsync(MqttMessage message, CancellationToken cancel)
    {
        counters.AddReceived();
        try
        {
            var (route, sender) = RouteOf(message.Topic);
            if (route is null)
            {
                counters.AddIgnored();
                return Task.CompletedTask;
            }

            if (message.Retain && !route.TakesRetained(message.Topic))
            {
                counters.AddStale();
                return Task.CompletedTask;
            }

            return await TakeAsync(route, sender, message, cancel);
        }
        catch (MqttProtocolException e)
        {
            // The hub's own listener would close the offender's connection; this one is everybody's.
            counters.AddRefused();
            AttachMessages.Refused(logger, message.Topic, e.Message);
            return Task.CompletedTask;
        }
    }

    /// <summary>What the hub has to say of the link itself; the way of a message, on any thread.</summary>
    public async Task TellAsync(string topic, byte[] payload, CancellationToken cancel)
    {
        if (intake.Find(topic) is { } route)
        {
            await journal.RoomAsync(cancel);
            if (TryTake(route, options.ClientId, new MqttMessage(topic, payload)) is { } committed)
            {
                await committed;
            }
        }
    }

    /// <summary>
    /// Before a new connection: a route may be halfway through a message that the cut has interrupted, and that comes
    /// again.
    /// </summary>
    public void Begin() => _routes.Clear();

    private async ValueTask<Task> TakeAsync(
        IntakeRoute route, string sender, MqttMessage message, CancellationToken cancel)
    {
        while (true)
        {
            await journal.RoomAsync(cancel);
            if (TryTake(route, sender, message) is { } committed)
            {
                return CountAsync(committed);
            }

            await route.PrepareAsync(message.Payload, cancel);
        }
    }

    private Task? TryTake(IntakeRoute route, string sender, MqttMessage message)
    {
        var batch = new AwaitedBatch();
        lock (route.Gate)
        {
            try
            {
                return route.TryTake(new IntakeMessage(sender, message.Topic, message.Payload.Span), batch.Entries)
                    ? batch.Committed
                    : null;
            }
            finally
            {
                // Also of a message that isn't done: what has been decided about must reach the journal.
                journal.HandOver(batch);
            }
        }
    }

    private async Task CountAsync(Task committed)
    {
        await committed;
        counters.AddCommitted();
    }

    private (IntakeRoute? Route, string Sender) RouteOf(string topic)
    {
        if (_version != intake.RoutesVersion || _routes.Count >= options.TopicsMax)
        {
            _version = intake.RoutesVersion;
            _routes.Clear();
        }

        if (!_routes.TryGetValue(topic, out var known))
        {
            // Who has sent it the broker doesn't tell: that the topic is the sender's own, its access list must see to.
            var sender = Topics.TryParse(Encoding.UTF8.GetBytes(topic), out var edge, out _)
                ? Encoding.UTF8.GetString(edge)
                : options.ClientId;
            _routes[topic] = known = (intake.Find(topic), sender);
        }

        return known;
    }
}
