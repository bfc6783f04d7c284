namespace Hub.Transport.Messages;

/// <summary>What travels on a topic of an edge.</summary>
public enum TopicKind
{
    None = 0,
    Readings,
    Events,
    Status,
    Ack,
    Config,
    Command,
    Kiosk,
}
