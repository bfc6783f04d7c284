using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>What one connection knows of a topic that it publishes to.</summary>
internal sealed class TopicRoute(byte[] utf8, string topic, IntakeRoute? intake, MqttReason verdict)
{
    private Audience _audience = Audience.None;
    private long _version = -1;

    public byte[] Utf8 { get; } = utf8;

    public string Topic { get; } = topic;

    /// <summary>Null for a topic that is the broker's own business.</summary>
    public IntakeRoute? Intake { get; } = intake;

    /// <summary>Success, or why its messages go nowhere.</summary>
    public MqttReason Verdict { get; } = verdict;

    /// <summary>Who is subscribed; looked up again only when some subscription has changed.</summary>
    public Audience AudienceIn(SubscriptionTree tree)
    {
        var version = tree.Version;
        if (version != _version)
        {
            (_audience, _version) = (tree.Match(Topic), version);
        }

        return _audience;
    }
}
