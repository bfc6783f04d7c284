using Hub.Gateway.Cli;

namespace Hub.Gateway.Tests.Cli;

public sealed class AttachSettingsTests
{
    [Fact]
    public void Without_an_address_the_hub_attaches_to_nothing() => Assert.Null(AttachSettings.From(_ => null));

    [Theory]
    [InlineData("mqtt://127.0.0.1", 1883, false)]
    [InlineData("mqtt://[::1]:1884", 1884, false)]
    [InlineData("mqtt://localhost:11883", 11883, false)]
    [InlineData("mqtts://broker.example", 8883, true)]
    [InlineData("mqtts://broker.example:443/", 443, true)]
    public void This_machine_or_TLS(string url, int port, bool isTls)
    {
        var options = Read(("URL", url))!;

        Assert.Equal(
            (port, isTls, false, false),
            (options.Port, options.IsTls, options.IsVersion311, options.IsOnly));
    }

    [Fact]
    public void Another_machine_without_TLS_must_be_said_explicitly()
    {
        var fault = Assert.Throws<FormatException>(
            () => Read(("URL", "mqtt://broker.example"), ("PASSWORD", "s3cret")));

        Assert.Contains("--attach-plain", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault.Message, StringComparison.Ordinal);
        Assert.Equal("broker.example", Read(("URL", "mqtt://broker.example"), ("PLAIN", "true"))?.Host);
    }

    [Fact]
    public void An_older_broker_is_spoken_to_in_its_own_version() =>
        Assert.True(Read(("URL", "mqtts://broker.example"), ("VERSION", "3.1.1"))?.IsVersion311);

    [Theory]
    [InlineData("URL", "broker")]
    [InlineData("URL", "http://broker")]
    [InlineData("URL", "mqtts://me:secret@broker")]
    [InlineData("URL", "mqtts://broker/topic")]
    [InlineData("VERSION", "4")]
    [InlineData("CLIENT_ID", "a/b")]
    [InlineData("SHARE", "a/b")]
    [InlineData("PASSWORD", "without a user")]
    [InlineData("CA", "/nowhere/ca.pem")]
    [InlineData("ONLY", "perhaps")]
    public void A_value_that_can_t_be_used_is_refused(string name, string value) =>
        Assert.Throws<FormatException>(() => Read(("URL", "mqtts://broker.example"), (name, value)));

    [Fact]
    public void The_password_may_lie_in_a_file_and_words_stand_over_the_environment()
    {
        using var folder = new Hub.Testing.TempFolder();
        File.WriteAllText(folder["password"], "s3cret\n");
        var flags = new AttachFlags();
        var command = new System.CommandLine.Command("run");
        foreach (var flag in flags.All)
        {
            command.Options.Add(flag);
        }

        var options = flags.Read(
            command.Parse(["--attach", "mqtts://one.example", "--attach-only", "--attach-share", "hubs"]),
            name => name switch
            {
                "BUILDINGHUB__ATTACH__URL" => "mqtts://two.example",
                "BUILDINGHUB__ATTACH__USER" => "hub",
                "BUILDINGHUB__ATTACH__PASSWORD_FILE" => folder["password"],
                _ => null,
            })!;

        Assert.Equal(
            ("one.example", "hub", "s3cret", "hubs", true),
            (options.Host, options.User, options.Password, options.Share, options.IsOnly));
    }

    private static AttachOptions? Read(params (string Name, string Value)[] values) =>
        AttachSettings.From(name => values.LastOrDefault(value => value.Name == name).Value);
}
