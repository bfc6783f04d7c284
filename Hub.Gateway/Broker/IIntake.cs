namespace Hub.Gateway.Broker;

/// <summary>
/// Whoever takes messages into the journal. The broker acknowledges such a message only when the journal has committed
/// what the intake made of it. The room above implements it, so that the broker knows nothing of readings.
/// </summary>
public interface IIntake
{
    /// <summary>
    /// The route of a topic's messages; null for topics that are the broker's own business. Asked once a connection.
    /// </summary>
    IntakeRoute? Find(string topic);

    /// <summary>A client's connection has ended and no other has taken its place.</summary>
    void ClientLeft(string clientId);
}
