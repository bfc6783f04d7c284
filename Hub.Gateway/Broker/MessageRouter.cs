using Hub.Gateway.Journal;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>Where messages go: to the journal's intake, to what is retained, to whoever is subscribed.</summary>
internal sealed class MessageRouter(BrokerOptions options, BrokerCounters counters, JournalLog journal, IIntake intake)
{
    public SubscriptionTree Tree { get; } = new();

    public RetainedStore Retained { get; } = new(options, counters);

    public IIntake Intake => intake;

    /// <summary>Keeps it if it is to be retained, and sends it to the subscribers.</summary>
    public void Route(BrokerMessage message, ReadOnlySpan<Subscriber> subscribers)
    {
        if (message.Retain)
        {
            Retained.Keep(message);
        }

        foreach (var subscriber in subscribers)
        {
            subscriber.Session.Deliver(message, subscriber.How, subscriber.Identifier, isRetained: false);
        }
    }

    /// <summary>Publishes what no connection has sent: a will, or what the hub has to say itself.</summary>
    public async ValueTask PublishAsync(BrokerMessage message, CancellationToken cancel)
    {
        if (intake.Find(message.Topic) is { } route)
        {
            var batch = new UnansweredBatch();
            while (!TryTake(route, message, batch))
            {
                await route.PrepareAsync(message.Payload, cancel);
            }
        }

        Route(message, Tree.Match(message.Topic));
    }

    /// <summary>Answers one filter of a SUBSCRIBE.</summary>
    /// <param name="retained">Gets the subscription if retained messages are to follow the answer.</param>
    public MqttReason Subscribe(
        Session session, MqttSubscription wanted, uint identifier, List<MqttSubscription> retained)
    {
        if (TopicFilter.IsShared(wanted.Filter))
        {
            return MqttReason.SharedSubscriptionsNotSupported;
        }

        if (!TopicFilter.IsValid(wanted.Filter) || wanted.Filter.AsSpan().Count('/') >= options.TopicLevelsMax)
        {
            return MqttReason.TopicFilterInvalid;
        }

        var granted = wanted with { QoS = (MqttQoS)Math.Min((byte)wanted.QoS, (byte)MqttQoS.AtLeastOnce) };
        if (!session.TrySubscribe(granted))
        {
            return MqttReason.QuotaExceeded;
        }

        var isNew = Tree.Add(new Subscriber(session, granted, identifier));
        if (granted.RetainHandling == MqttRetainHandling.Send
            || (granted.RetainHandling == MqttRetainHandling.SendIfNew && isNew))
        {
            retained.Add(granted);
        }

        return granted.QoS == MqttQoS.AtLeastOnce ? MqttReason.GrantedQoS1 : MqttReason.Success;
    }

    public void SendRetained(Session session, MqttSubscription granted, uint identifier)
    {
        foreach (var message in Retained.Match(granted.Filter))
        {
            session.Deliver(message, granted, identifier, isRetained: true);
        }
    }

    public MqttReason Unsubscribe(Session session, string filter)
    {
        session.Unsubscribe(filter);
        return Tree.Remove(session, filter) ? MqttReason.Success : MqttReason.NoSubscriptionExisted;
    }

    private bool TryTake(IntakeRoute route, BrokerMessage message, UnansweredBatch batch)
    {
        lock (route.Gate)
        {
            var taken = route.TryTake(
                new IntakeMessage(message.Publisher, message.Topic, message.Payload.Span), batch.Entries);
            if (taken)
            {
                journal.HandOver(batch);
            }

            return taken;
        }
    }
}
