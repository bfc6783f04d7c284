using Hub.Gateway.EdgeConfig;

namespace Hub.Gateway.Tests.EdgeConfig;

/// <summary>What the hub can say of a configuration before it is sent.</summary>
public sealed class ConfigCheckTests
{
    [Theory]
    [InlineData("""{"version":"8"}""")]
    [InlineData("""{"version":"2026-11.a_b","lines":[],"intervals":{"health":"30s"},"sensors":[],"modbus":[],"localMqtt":{}}""")]
    [InlineData("""{"version":"8","localMqtt":{"host":"localhost","passwordFile":"z2m","topics":["zigbee2mqtt/#"]}}""")]
    public void One_that_names_itself_and_has_known_fields_may_be_sent(string text) => Assert.Empty(Check(text).Faults);

    [Fact]
    public void Every_fault_is_told_at_once_with_its_line_and_no_password_is_repeated()
    {
        var faults = Check(
            """
            {"lines":{"line":2},
             "pins":[],
             "localMqtt":{"host":"localhost","password":"hunter2"},
             "modbus":[{"host":"192.168.1.20",
               "Password":"hunter3"}],
             "password":"hunter4",
             "intervals":[]}
            """).Faults;

        Assert.Equal(
            [
                (1, "version"), (2, "pins"), (3, "localMqtt.password"), (5, "modbus[0].Password"), (6, "password"),
                (7, "intervals"),
            ],
            faults.Select(fault => (fault.Line, fault.Field)));
        Assert.DoesNotContain(faults, fault => $"{fault}".Contains("hunter", StringComparison.Ordinal));
        Assert.StartsWith("edge.json:2: pins is '[…]'; there is no key 'pins' here; known are version", $"{faults[1]}");
    }

    [Theory]
    [InlineData("version: 8", "edge.json:1: this is not JSON")]
    [InlineData("{\"version\":\"8\",\n}", "edge.json:2: this is not JSON")]
    [InlineData("[]", "it must be an object of fields")]
    [InlineData("", "this is not JSON")]
    [InlineData("""{"version":""}""", "version is missing")]
    [InlineData("""{"version":"a/b"}""", "version is 'a/b'; it may have letters")]
    [InlineData("""{"version":"7"}""", "version is '7'; it must be another")]
    [InlineData("""{"version":"8","version":"9"}""", "stands twice")]
    [InlineData("""{"version":"8","sensors":["x"]}""", "sensors[0] is 'x'; it must be a map")]
    public void What_is_wrong_is_said_with_its_place(string text, string said) =>
        Assert.Contains(said, $"{Assert.Single(Check(text).Faults)}", StringComparison.Ordinal);

    [Fact]
    public void A_version_longer_than_it_may_be_is_refused() => Assert.Contains(
        "at most 64", $"{Assert.Single(Check($$"""{"version":"{{new string('8', 65)}}"}""").Faults)}");

    private static Rules.Files.Checked<string> Check(string text) =>
        ConfigCheck.Read("edge.json", text, new EdgeConfigOptions(), ["7"]);
}
