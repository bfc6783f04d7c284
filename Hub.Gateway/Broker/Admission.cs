using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>The answer to a CONNECT.</summary>
/// <param name="Verdict">Success, or the reason that stands in the CONNACK.</param>
/// <param name="Principal">Whose the connection is; nobody's without success.</param>
public sealed record Admission(MqttReason Verdict, Principal Principal)
{
    public static Admission Of(Principal principal) => new(MqttReason.Success, principal);

    public static Admission Refused(MqttReason reason) => new(reason, Principal.Nobody);
}
