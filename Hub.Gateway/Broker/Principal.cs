using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// Whose a connection and a session are, and what they may. Asked once for each topic of a connection and once for each
/// filter, never for a message: rights that change are a new principal, and the old one is over.
/// </summary>
public abstract class Principal(string name)
{
    /// <summary>Who has not been let in: may nothing.</summary>
    public static readonly Principal Nobody = new NoRights();

    private volatile bool _isOver;

    /// <summary>Sessions belong to a name; empty for the anonymous.</summary>
    public string Name { get; } = name;

    /// <summary>Its connections are closed, its sessions forgotten, at the broker's next look: in a second.</summary>
    public virtual bool IsOver => _isOver;

    public void End() => _isOver = true;

    /// <summary>Success, or the reason that the publisher is answered with.</summary>
    public abstract MqttReason MayPublish(string topic);

    /// <summary>Success, or the reason that stands in the SUBACK.</summary>
    /// <param name="filter">Valid; of a shared subscription the part behind the share's name.</param>
    public abstract MqttReason MaySubscribe(string filter);

    private sealed class NoRights() : Principal("")
    {
        public override MqttReason MayPublish(string topic) => MqttReason.NotAuthorized;

        public override MqttReason MaySubscribe(string filter) => MqttReason.NotAuthorized;
    }
}
