using Hub.Gateway.Journal;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>Where messages go: to the journal's intake, to what is retained, to whoever is subscribed.</summary>
internal sealed class MessageRouter(BrokerOptions options, BrokerCounters counters, JournalLog journal, IIntake intake)
{
    private readonly Lock _retainedGate = new();

    public SubscriptionTree Tree { get; } = new();

    public RetainedStore Retained { get; } = new(options, counters);

    public IIntake Intake => intake;

    /// <summary>Keeps it if it is to be retained, and sends it to the subscribers.</summary>
    public void Route(BrokerMessage message, Audience audience)
    {
        if (!message.Retain)
        {
            Send(message, audience);
            return;
        }

        lock (_retainedGate)
        {
            Retained.Keep(message);
            Send(message, Tree.Match(message.Topic));
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

    /// <summary>
    /// Subscribes, answers, and sends what is retained, in this order. A retained message that comes meanwhile is among
    /// those or comes after them: never twice, never before an older one.
    /// </summary>
    /// <param name="session">Whose.</param>
    /// <param name="wanted">The filters.</param>
    /// <param name="identifier">What the client calls them; 0 for nothing.</param>
    /// <param name="answer">Gets the reason for each filter.</param>
    public void Subscribe(
        Session session, IReadOnlyList<MqttSubscription> wanted, uint identifier,
        Action<IReadOnlyList<MqttReason>> answer)
    {
        lock (_retainedGate)
        {
            var wantsRetained = new List<Subscriber>();
            answer([.. wanted.Select(one => Subscribe(new Subscriber(session, one, identifier), wantsRetained))]);
            foreach (var subscriber in wantsRetained)
            {
                foreach (var message in Retained.Match(subscriber.How.Filter))
                {
                    session.Deliver(message, [subscriber], isRetained: true);
                }
            }
        }
    }

    public MqttReason Unsubscribe(Session session, string filter)
    {
        if (!TopicFilter.IsValid(filter))
        {
            return MqttReason.TopicFilterInvalid;
        }

        session.Unsubscribe(filter);
        return Tree.Remove(session, filter) ? MqttReason.Success : MqttReason.NoSubscriptionExisted;
    }

    private static void Send(BrokerMessage message, Audience audience)
    {
        foreach (var recipient in audience.Recipients)
        {
            recipient[0].Session.Deliver(message, recipient, isRetained: false);
        }

        foreach (var share in audience.Shares)
        {
            if (share.Next() is { } member)
            {
                member[0].Session.Deliver(message, member, isRetained: false);
            }
        }
    }

    private MqttReason Subscribe(Subscriber subscriber, List<Subscriber> wantsRetained)
    {
        var (session, how) = (subscriber.Session, subscriber.How);
        if (!TopicFilter.IsValid(how.Filter) || how.Filter.AsSpan().Count('/') >= options.TopicLevelsMax)
        {
            return MqttReason.TopicFilterInvalid;
        }

        var (share, filter) = TopicFilter.SplitShared(how.Filter);
        if (options.ClosedFilters.Contains(filter, StringComparer.Ordinal))
        {
            // Not "not authorized": nobody is, so there is nothing that another name would change.
            return MqttReason.UnspecifiedError;
        }

        var verdict = session.Principal.MaySubscribe(filter);
        if (verdict != MqttReason.Success)
        {
            return verdict;
        }

        if (!session.TrySubscribe(subscriber))
        {
            return MqttReason.QuotaExceeded;
        }

        // A share gets no retained messages (4.8.2): they would come once for each member.
        var isNew = Tree.Add(subscriber);
        if (share.Length == 0
            && (how.RetainHandling == MqttRetainHandling.Send
                || (how.RetainHandling == MqttRetainHandling.SendIfNew && isNew)))
        {
            wantsRetained.Add(subscriber);
        }

        return (MqttReason)how.QoS;
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
