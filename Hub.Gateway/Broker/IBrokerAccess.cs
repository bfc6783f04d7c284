using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// Who is let in, and as whom. The room above implements it, so that the broker knows nothing of credentials.
/// </summary>
public interface IBrokerAccess
{
    /// <summary>
    /// Judges a CONNECT; with success comes the principal whose rights hold on the connection. It may take its time
    /// over a password, and throws nothing but cancellation.
    /// </summary>
    ValueTask<Admission> AdmitAsync(MqttPacket.Connect connect, ClientOrigin origin, CancellationToken cancel);

    /// <summary>Who has that name now, connected or not; over if it was revoked. Null if nobody has it.</summary>
    Principal? Find(string name);
}
