using Hub.Edge.Modbus;
using Hub.Edge.Setup;
using Hub.Testing;

namespace Hub.Edge.Tests.Setup;

/// <summary>What a hub sends, laid over the edge's own file.</summary>
public sealed class SentConfigTests : IDisposable
{
    private const string Registers =
        """[{"address":8,"type":"s16","device":"boiler","signal":"heating.temperature"}]""";

    private readonly TempFolder _folder = new();
    private readonly EdgeOptions _own;

    public SentConfigTests() => _own = EdgeFile.Read("edge.yaml", $$"""
        edge: e1
        data: {{_folder.Path}}
        lines:
          - { line: 4, kind: contact, device: b1, signal: door.open }
        sensors:
          - { path: /sys/x, device: tank, signal: facility.level }
        modbus:
          - host: meters
            registers: [{ address: 0, type: u16, device: main, signal: electric.power }]
        localMqtt: { topics: [zigbee2mqtt/#], password: own }
        """).Options!;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_left_out_is_as_in_the_edges_own_file()
    {
        var sent = Sent("""{"version":"7"}""");

        Assert.Equal("7", sent.ConfigVersion);
        Assert.Equal(_own.Lines, sent.Lines);
        Assert.Equal(_own.Sensors, sent.Sensors);
        Assert.Equal(_own.Modbus, sent.Modbus);
        Assert.Equal(_own.LocalMqtt, sent.LocalMqtt);
    }

    [Fact]
    public void What_is_sent_stands_in_the_place_of_the_edges_own()
    {
        var sent = Sent($$$"""
            {"version":"7","sensors":[{"path":"/sys/y","device":"riser","signal":"climate.temperature"}],
             "modbus":[{"serial":"/dev/ttyUSB0","registers":{{{Registers}}}}],
             "localMqtt":{"host":"pi2","topics":["tele/+/SENSOR"]}}
            """);

        Assert.Equal(_own.Lines, sent.Lines);
        Assert.Equal(["riser/climate.temperature", "boiler/heating.temperature"],
            sent.SampledPoints.Select(point => point.Key));
        Assert.Equal(("pi2", null), (sent.LocalMqtt!.Host, sent.LocalMqtt.Password));
    }

    [Fact]
    public void What_is_sent_empty_takes_all_away()
    {
        var sent = Sent("""{"version":"7","lines":[],"sensors":[],"modbus":[],"localMqtt":{}}""");

        Assert.Empty(sent.Lines);
        Assert.Empty(sent.SampledPoints);
        Assert.Null(sent.LocalMqtt);
    }

    [Fact]
    public void A_point_is_there_once_whether_sent_or_the_edges_own_and_every_fault_is_told_at_once()
    {
        Assert.Equal(
            [
                "localMqtt.topics", "modbus[0].registers[0].signal", "modbus[0].registers[0].type", "sensors[0].path",
                "sensors[1].signal",
            ],
            Faults("""
                {"version":"7","lines":[{"line":4,"kind":"contact","device":"a","signal":"facility.level"}],
                 "sensors":[{"path":"x","device":"b","signal":"climate.temperature"},
                            {"path":"/sys/x","device":"a","signal":"facility.level"}],
                 "modbus":[{"host":"h","registers":[{"address":8,"device":"a","signal":"facility.level"}]}],
                 "localMqtt":{"host":"pi"}}
                """));
        Assert.Equal(["sensors[0].signal"],
            Faults("""{"version":"7","sensors":[{"path":"/sys/x","device":"b1","signal":"door.open"}]}"""));
        Assert.Equal(["modbus[0].registers[0].signal"], Faults("""
            {"version":"7","modbus":[{"host":"h",
             "registers":[{"address":0,"type":"u16","device":"tank","signal":"facility.level"}]}]}
            """));
        Assert.Equal([], Faults("""
            {"version":"7","modbus":[],"sensors":[{"path":"/sys/x","device":"main","signal":"electric.power"}]}
            """));
    }

    [Fact]
    public void A_password_is_not_sent_but_named_and_no_other_file_of_the_machine_can_be()
    {
        File.WriteAllText(_folder["credential.json"], "secret");
        Directory.CreateDirectory(_own.SecretsFolder);
        File.WriteAllText(Path.Combine(_own.SecretsFolder, "z2m"), "of the broker\n");

        Assert.Equal("of the broker", Sent(Broker("passwordFile", "z2m")).LocalMqtt!.Password);
        foreach (var path in new[] { "../credential.json", _folder["credential.json"], "..", "other" })
        {
            Assert.Equal(["localMqtt.passwordFile"], Faults(Broker("passwordFile", path)));
        }

        var fault = Assert.Single(EdgeFile.ReadSent("config", Broker("password", "of the broker"), _own).Faults);
        Assert.Equal("localMqtt.password", fault.Field);
        Assert.Contains(_own.SecretsFolder, fault.Cure, StringComparison.Ordinal);
        Assert.DoesNotContain("of the broker", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_is_the_same_only_if_nothing_differs()
    {
        var (bus, broker) = (_own.Modbus[0], _own.LocalMqtt!);
        var again = bus with { Registers = [bus.Registers[0] with { }] };
        Assert.Equal((bus, bus.GetHashCode()), (again, again.GetHashCode()));
        Assert.All<BusOptions>(
            [
                bus with { Host = "other" }, bus with { Port = 1 }, bus with { Retries = 1 }, bus with { GapMax = 1 },
                bus with { Timeout = TimeSpan.FromSeconds(2) }, bus with { Serial = new() { Path = "/dev/x" } },
                bus with { Registers = [bus.Registers[0] with { Unit = 2 }] },
            ],
            other => Assert.NotEqual(bus, other));
        var same = broker with { Topics = [.. broker.Topics] };
        Assert.Equal((broker, broker.GetHashCode()), (same, same.GetHashCode()));
        Assert.All<LocalBroker>(
            [
                broker with { Host = "other" }, broker with { Port = 1 }, broker with { User = "x" },
                broker with { Password = "x" }, broker with { Device = "x" }, broker with { BytesMax = 1 },
                broker with { Topics = ["x"] },
            ],
            other => Assert.NotEqual(broker, other));
    }

    private static string Broker(string field, string value) =>
        $$$"""{"version":"7","localMqtt":{"topics":["a/#"],"{{{field}}}":"{{{value}}}"}}""";

    private EdgeOptions Sent(string text)
    {
        var answer = EdgeFile.ReadSent("config", text, _own);
        Assert.Empty(answer.Faults);
        return answer.Options!;
    }

    private IEnumerable<string> Faults(string text) =>
        EdgeFile.ReadSent("config", text, _own).Faults.Select(fault => fault.Field).Order(StringComparer.Ordinal);
}
