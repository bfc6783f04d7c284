using Hub.Gateway.Access;
using Hub.Gateway.Broker;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Access;

/// <summary>Who may what, as a table; what isn't named is denied.</summary>
public class RightsTests
{
    private static readonly Dictionary<string, Principal> Who = new()
    {
        ["nobody"] = Principal.Nobody,
        ["edge-1"] = Rights.OfDevice("edge-1"),
        ["z2m"] = new Rights("z2m", ["zigbee2mqtt/#", "homeassistant/+/+/config"], ["zigbee2mqtt/+/set"]),
        ["listener"] = new Rights("listener", [], ["zigbee2mqtt/#"]),
    };

    [Theory]
    [InlineData("nobody", "hub/1/edge-1/readings", false)]
    [InlineData("edge-1", "hub/1/edge-1/readings", true)]
    [InlineData("edge-1", "hub/1/edge-1/events", true)]
    [InlineData("edge-1", "hub/1/edge-1/status", true)]
    [InlineData("edge-1", "hub/1/edge-1/ack", true)]
    [InlineData("edge-1", "hub/1/edge-1/local/zigbee2mqtt/lamp", true)]
    [InlineData("edge-1", "hub/1/edge-2/local/zigbee2mqtt/lamp", false)]
    [InlineData("edge-1", "hub/1/edge-1/cmd", false)]
    [InlineData("edge-1", "hub/1/edge-1/config", false)]
    [InlineData("edge-1", "hub/1/edge-1/readings/x", false)]
    [InlineData("edge-1", "hub/1/edge-2/readings", false)]
    [InlineData("edge-1", "hub/1/edge-11/readings", false)]
    [InlineData("edge-1", "hub/2/edge-1/readings", false)]
    [InlineData("edge-1", "zigbee2mqtt/x", false)]
    [InlineData("edge-1", "$SYS/x", false)]
    [InlineData("z2m", "zigbee2mqtt/lamp", true)]
    [InlineData("z2m", "zigbee2mqtt", true)]
    [InlineData("z2m", "homeassistant/sensor/x/config", true)]
    [InlineData("z2m", "homeassistant/sensor/x/state", false)]
    [InlineData("z2m", "hub/1/edge-1/readings", false)]
    [InlineData("listener", "zigbee2mqtt/lamp", false)]
    public void Publishes(string who, string topic, bool may) =>
        Assert.Equal(may ? MqttReason.Success : MqttReason.NotAuthorized, Who[who].MayPublish(topic));

    [Theory]
    [InlineData("nobody", "#", false)]
    [InlineData("edge-1", "hub/1/edge-1/cmd", true)]
    [InlineData("edge-1", "hub/1/edge-1/config", true)]
    [InlineData("edge-1", "hub/1/edge-1/kiosk/lobby", true)]
    [InlineData("edge-1", "hub/1/edge-1/kiosk/+", true)]
    [InlineData("edge-1", "hub/1/edge-1/kiosk/#", false)]
    [InlineData("edge-1", "hub/1/edge-1/#", false)]
    [InlineData("edge-1", "hub/1/edge-1/readings", false)]
    [InlineData("edge-1", "hub/1/+/cmd", false)]
    [InlineData("edge-1", "hub/1/edge-2/cmd", false)]
    [InlineData("edge-1", "#", false)]
    [InlineData("edge-1", "$SYS/#", false)]
    [InlineData("z2m", "zigbee2mqtt/lamp/set", true)]
    [InlineData("z2m", "zigbee2mqtt/#", false)]
    [InlineData("listener", "zigbee2mqtt/#", true)]
    [InlineData("listener", "zigbee2mqtt/+/availability", true)]
    [InlineData("listener", "+/lamp", false)]
    public void Subscribes(string who, string filter, bool may) =>
        Assert.Equal(may ? MqttReason.Success : MqttReason.NotAuthorized, Who[who].MaySubscribe(filter));
}
