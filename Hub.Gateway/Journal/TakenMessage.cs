namespace Hub.Gateway.Journal;

/// <summary>
/// A QoS 2 message whose content is in the same commit, or whose sender has released it since: the id stands for that
/// message between the two (MQTT 4.3.3).
/// </summary>
/// <param name="Client">The client id of its sender.</param>
/// <param name="PacketId">Its id.</param>
/// <param name="IsReleased">It was released, and the id may stand for another message.</param>
public readonly record struct TakenMessage(string Client, ushort PacketId, bool IsReleased);
