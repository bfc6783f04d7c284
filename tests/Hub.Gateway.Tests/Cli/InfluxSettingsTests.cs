using Hub.Gateway.Cli;

namespace Hub.Gateway.Tests.Cli;

public class InfluxSettingsTests
{
    [Fact]
    public void Without_an_address_InfluxDB_is_off() => Assert.Null(InfluxSettings.FromEnvironment(_ => null));

    [Fact]
    public void A_secret_may_lie_in_a_file()
    {
        using var folder = new Hub.Testing.TempFolder();
        File.WriteAllText(folder["token"], "s3cret\n");

        var options = Read(("URL", "http://127.0.0.1:8086"), ("TOKEN_FILE", folder["token"]), ("BUCKET", "court"));

        Assert.Equal(("s3cret", "court", 2), (options?.Token, options?.Bucket, options?.Api));
    }

    [Theory]
    [InlineData("URL", "influx")]
    [InlineData("API", "3")]
    public void A_value_that_can_t_be_used_is_named(string name, string value)
    {
        var fault = Assert.Throws<FormatException>(() => Read(("URL", "http://127.0.0.1:8086"), (name, value)));

        Assert.Contains($"BUILDINGHUB__INFLUX__{name} is '{value}'", fault.Message, StringComparison.Ordinal);
    }

    private static InfluxOptions? Read(params (string Name, string Value)[] settings) => InfluxSettings.FromEnvironment(
        name => settings.LastOrDefault(setting => name == "BUILDINGHUB__INFLUX__" + setting.Name).Value);
}
