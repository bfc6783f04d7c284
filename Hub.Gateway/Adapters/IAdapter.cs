namespace Hub.Gateway.Adapters;

/// <summary>
/// Turns one family's messages into readings. Pure but for what it remembers of its devices (names, aliases); one
/// message at a time. Whatever is sent to it, it gives readings or a refusal, and throws nothing.
/// </summary>
public interface IAdapter
{
    /// <summary>Whether messages of that topic are its business.</summary>
    bool Owns(string topic);

    /// <summary>
    /// What to subscribe to at another broker so that all these topics come; as narrow as MQTT's wildcards can say.
    /// </summary>
    IReadOnlyList<string> TopicFilters { get; }

    /// <summary>
    /// Rises when it owns a topic that it didn't own before; most families' topics are all of one form.
    /// </summary>
    long TopicsVersion => 0;

    /// <summary>
    /// Whether a retained message of that topic describes devices, and is wanted again after a restart.
    /// </summary>
    bool IsDescription(string topic);

    /// <summary>Reads one message of a topic that it owns.</summary>
    void Decode(in AdapterMessage message, Decoded into);
}
