using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// Without credentials: on this machine everybody may do everything if the hub is told so, else nobody.
/// </summary>
internal sealed class OpenAccess(HubOptions options) : IBrokerAccess
{
    private static readonly Principal Anybody = new AllRights();

    public ValueTask<Admission> AdmitAsync(
        MqttPacket.Connect connect, ClientOrigin origin, CancellationToken cancel)
    {
        if (options.AllowAnonymousLoopback && origin.IsLoopback)
        {
            return ValueTask.FromResult(Admission.Of(Anybody));
        }

        var isNamed = connect.UserName is not null || connect.Password is not null;
        return ValueTask.FromResult(Admission.Refused(
            isNamed ? MqttReason.BadUserNameOrPassword : MqttReason.NotAuthorized));
    }

    private sealed class AllRights() : Principal("")
    {
        public override MqttReason MayPublish(string topic) => MqttReason.Success;

        public override MqttReason MaySubscribe(string filter) => MqttReason.Success;
    }
}
