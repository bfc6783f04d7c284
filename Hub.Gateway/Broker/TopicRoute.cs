namespace Hub.Gateway.Broker;

/// <summary>What one connection knows of a topic that it publishes to.</summary>
internal sealed class TopicRoute(byte[] utf8, string topic, IntakeRoute? intake)
{
    private Subscriber[] _subscribers = [];
    private long _version = -1;

    public byte[] Utf8 { get; } = utf8;

    public string Topic { get; } = topic;

    /// <summary>Null for a topic that is the broker's own business.</summary>
    public IntakeRoute? Intake { get; } = intake;

    /// <summary>Who is subscribed; looked up again only when some subscription has changed.</summary>
    public Subscriber[] Subscribers(SubscriptionTree tree)
    {
        var version = tree.Version;
        if (version != _version)
        {
            (_subscribers, _version) = (tree.Match(Topic), version);
        }

        return _subscribers;
    }
}
