using System.Collections.Concurrent;
using Hub.Gateway.Broker;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

/// <summary>Lets in whoever says a user name; everybody may use the topics under the own name, and <c>open</c>.</summary>
internal sealed class ScriptedAccess : IBrokerAccess
{
    private readonly ConcurrentDictionary<string, Principal> _principals = new();

    /// <summary>Whether everybody may use <c>open</c>.</summary>
    public bool IsOpenToAll { get; init; } = true;

    /// <summary>What happens meanwhile, each time that somebody is judged.</summary>
    public Action Judging { get; set; } = () => { };

    public ValueTask<Admission> AdmitAsync(MqttPacket.Connect connect, ClientOrigin origin, CancellationToken cancel)
    {
        Judging();
        return ValueTask.FromResult(connect.UserName is { } name
            ? Admission.Of(_principals.GetOrAdd(name, new Owner(name, IsOpenToAll)))
            : Admission.Refused(MqttReason.NotAuthorized));
    }

    public Principal? Find(string name) => _principals.GetValueOrDefault(name);

    /// <summary>The name loses its rights; under the same name comes a new principal.</summary>
    public void End(string name)
    {
        Assert.True(_principals.TryRemove(name, out var principal));
        principal.End();
    }

    private sealed class Owner(string name, bool isOpenToAll) : Principal(name)
    {
        public override MqttReason MayPublish(string topic) => May(topic);

        public override MqttReason MaySubscribe(string filter) => May(filter);

        private MqttReason May(string topic) => (isOpenToAll && topic == "open") || topic.StartsWith(Name + "/", StringComparison.Ordinal)
            ? MqttReason.Success
            : MqttReason.NotAuthorized;
    }
}
