using System.Net;
using Hub.Gateway.Ports;

namespace Hub.Gateway.Tests.Ports;

public class PortRulesTests
{
    private static readonly HubOptions Alone = new() { DataFolder = "/tmp" };

    private static readonly HubOptions Open = Alone with
    {
        MqttTls = IPEndPoint.Parse("0.0.0.0:8883"),
        MqttCertificateFile = "hub.pem",
        MqttKeyFile = "hub.key",
    };

    [Fact]
    public void A_hub_on_its_own_machine_or_with_TLS_and_credentials_may_start()
    {
        Assert.Empty(PortRules.Faults(Alone));
        Assert.Empty(PortRules.Faults(Alone with { AllowAnonymousLoopback = true }));
        Assert.Empty(PortRules.Faults(Open));
        Assert.Empty(PortRules.Faults(
            Open with { MqttTls = IPEndPoint.Parse("127.0.0.1:8883"), AllowAnonymousLoopback = true }));
    }

    [Theory]
    [InlineData("0.0.0.0:1883")]
    [InlineData("[::]:1883")]
    [InlineData("192.168.1.2:1883")]
    public void An_open_listener_without_TLS_is_refused(string mqtt) =>
        Refused(Alone with { Mqtt = IPEndPoint.Parse(mqtt) }, "--mqtt ", "--mqtt-tls");

    [Fact]
    public void An_open_listener_without_credentials_is_refused() =>
        Refused(Open with { AllowAnonymousLoopback = true }, "--allow-anonymous-loopback", "devices enrol");

    [Fact]
    public void TLS_without_a_certificate_and_a_certificate_without_TLS_are_refused()
    {
        Refused(Open with { MqttKeyFile = null }, "--mqtt-tls", "--mqtt-key");
        Refused(Open with { MqttTls = null }, "--mqtt-cert", "--mqtt-tls");
        Refused(Open with { MqttClientAuthorityFile = "/not/there.pem" }, "--mqtt-client-ca", "PEM");
    }

    /// <summary>With the flag, and with the cure.</summary>
    private static void Refused(HubOptions options, params string[] words) =>
        Assert.All(words, word => Assert.Contains(word, Assert.Single(PortRules.Faults(options)), StringComparison.Ordinal));
}
