namespace Hub.Gateway.Broker;

/// <summary>
/// Whoever takes messages into the journal. The broker acknowledges such a message only when the journal has committed
/// what the intake made of it. The room above implements it, so that the broker knows nothing of readings.
/// </summary>
public interface IIntake
{
    /// <summary>Rises when a topic may have another route than before, so that connections ask again.</summary>
    long RoutesVersion { get; }

    /// <summary>
    /// The route of a topic's messages; null for topics that are the broker's own business. Asked once a connection and
    /// version.
    /// </summary>
    IntakeRoute? Find(string topic);

    /// <summary>What to subscribe to at another broker so that all of the intake's messages come.</summary>
    IReadOnlyList<string> TopicFilters { get; }

    /// <summary>A message that was retained before this start: what it describes is known again.</summary>
    void Recall(string topic, ReadOnlySpan<byte> payload);

    /// <summary>A client's connection has ended and no other has taken its place.</summary>
    void ClientLeft(string clientId);
}
