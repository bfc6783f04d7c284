using Hub.Edge.Modbus;
using Hub.Edge.Setup;

namespace Hub.Edge.Tests.Setup;

/// <summary>What is read beside the lines, as edge.yaml says it.</summary>
public class SourceSectionsTests
{
    [Fact]
    public void A_sensor_has_its_file_its_point_and_its_rhythm()
    {
        var options = EdgeFile.Read("edge.yaml", """
            edge: e1
            sensors:
              - { path: /sys/bus/w1/devices/28-*/temperature, device: riser, signal: climate.temperature, min: -20,
                  max: 80, deadband: 0.2, interval: 30s, atLeast: 10m, timeout: 5s }
              - { path: /sys/bus/iio/devices/*/in_humidityrelative_input, chip: bme280, device: riser,
                  signal: climate.humidity }
            """).Options!;

        var (first, second) = (options.Sensors[0], options.Sensors[1]);
        Assert.Equal(("/sys/bus/w1/devices/28-*/temperature", null, TimeSpan.FromSeconds(5)),
            (first.Path, first.Chip, first.Timeout));
        Assert.Equal(("riser/climate.temperature", -20, 80, 0.2),
            (first.Point.Key, first.Point.ValueMin, first.Point.ValueMax, first.Point.Deadband));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10)), (first.Point.Interval, first.Point.AtLeast));
        Assert.Equal(("bme280", 1, 0, TimeSpan.FromSeconds(60)),
            (second.Chip, second.Point.Scale, second.Point.Offset, second.Point.Interval));
    }

    [Fact]
    public void Every_fault_of_a_sensor_is_told_with_its_field_and_line() => Assert.Equal(
        [
            "sensors[0].device@3", "sensors[0].path@3", "sensors[1].max@4", "sensors[1].path@4", "sensors[1].pathh@4",
            "sensors[1].scale@4", "sensors[1].signal@4", "sensors[2].device@5", "sensors[2].interval@5",
            "sensors[3].signal@6",
        ],
        Faults("""
            edge: e1
            sensors:
              - { path: temp1_input, signal: climate.temperature }
              - { pathh: /sys/x, device: a, signal: button.press, scale: 0, min: 5, max: 5 }
              - { path: /sys/x, device: a b, signal: climate.temperature, interval: 10ms }
              - { path: /sys/x, device: a, signal: door.open }
            lines:
              - { line: 1, kind: contact, device: a, signal: door.open }
            """));

    [Fact]
    public void A_bus_has_its_line_or_server_and_its_registers()
    {
        var options = EdgeFile.Read("edge.yaml", """
            edge: e1
            modbus:
              - serial: /dev/ttyUSB0
                baud: 19200
                parity: none
                stopBits: 2
                gap: 4
                registers:
                  - { unit: 3, table: input, address: 52, type: f32, order: swapped, absent: false, device: main,
                      signal: electric.power, scale: 1000, interval: 5s }
              - host: 192.168.1.20
                registers: [{ address: 65535, type: s16, device: boiler, signal: heating.temperature, scale: 0.1 }]
            """).Options!;

        var (line, server) = (options.Modbus[0], options.Modbus[1]);
        Assert.Equal(
            new SerialOptions { Path = "/dev/ttyUSB0", Baud = 19_200, Parity = SerialParity.None, StopBits = 2 },
            line.Serial);
        var register = line.Registers[0];
        Assert.Equal((3, RegisterTable.Input, 52, RegisterType.F32, WordOrder.Swapped, false),
            (register.Unit, register.Table, register.Address, register.Type, register.Order, register.CanBeAbsent));
        Assert.Equal((4, 2, TimeSpan.FromSeconds(5)), (line.GapMax, line.Retries, register.Point.Interval));
        Assert.Equal((null, "192.168.1.20", 502, 0.1),
            (server.Serial, server.Host, server.Port, server.Registers[0].Point.Scale));
    }

    [Fact]
    public void Every_fault_of_a_bus_is_told_with_its_field_and_line() => Assert.Equal(
        [
            "modbus[0].host@3", "modbus[0].registers@3", "modbus[1].baud@4", "modbus[1].port@4",
            "modbus[1].registers[0].type@6", "modbus[1].registers[0].unit@6", "modbus[1].registers[1].address@7",
            "modbus[1].registers[2].order@8", "modbus[1].registers[3].address@9", "modbus[1].registers[3].signal@9",
            "modbus[1].registers[3].type@9", "modbus[2].serial@10",
        ],
        Faults("""
            edge: e1
            modbus:
              - { timeout: 1s }
              - { serial: /dev/ttyUSB0, baud: 9601, port: 502,
                  registers: [
                    { unit: 248, address: 0, type: u24, device: a, signal: electric.power },
                    { address: 65535, type: u32, device: b, signal: electric.power },
                    { address: 2, type: s16, order: swapped, device: c, signal: electric.power },
                    { device: a, signal: electric.power }] }
              - { serial: /dev/ttyUSB0, registers: [{ address: 0, type: u16, device: d, signal: electric.power }] }
            """));

    [Fact]
    public void Registers_that_overlap_name_each_other()
    {
        var answer = EdgeFile.Read("edge.yaml", """
            edge: e1
            modbus:
              - host: h
                registers:
                  - { address: 11, type: u16, device: a, signal: electric.power }
                  - { address: 10, type: u64, device: b, signal: electric.energy }
                  - { address: 12, type: u16, device: c, signal: electric.power, table: input }
                  - { address: 14, type: u16, device: d, signal: electric.power }
            """);

        Assert.Equal("edge.yaml:5: modbus[0].registers[0].address = '11': registers 10 to 13 are those of "
            + "b/electric.energy. Correct the address or the type of one of the two.",
            Assert.Single(answer.Faults).ToString());
    }

    [Fact]
    public void A_local_broker_has_topics_that_can_be_subscribed_to()
    {
        var broker = EdgeFile.Read("edge.yaml", """
            edge: e1
            localMqtt: { user: edge, password: secret, topics: [zigbee2mqtt/#, "tele/+/SENSOR"], waitingMiB: 8 }
            """).Options!.LocalMqtt!;

        Assert.Equal(("localhost", 1883, "edge", "secret", 8L << 20),
            (broker.Host, broker.Port, broker.User, broker.Password, broker.BytesMax));
        Assert.Equal(["zigbee2mqtt/#", "tele/+/SENSOR"], broker.Topics);
        Assert.Equal(["localMqtt.port@2", "localMqtt.topics@2", "localMqtt.topics@2"], Faults("""
            edge: e1
            localMqtt: { port: 0, topics: ["a/#/b", "$share/g/a"] }
            """));
        Assert.Equal(["localMqtt.topics@2"], Faults("""
            edge: e1
            localMqtt: { host: pi }
            """));
    }

    [Fact]
    public void What_the_hub_sends_can_not_take_a_sensors_point()
    {
        var own = EdgeFile.Read("edge.yaml", """
            edge: e1
            sensors:
              - { path: /sys/x, device: a, signal: facility.level }
            """).Options!;

        var sent = EdgeFile.ReadSent("config", """
            {"version":"7","lines":[{"line":4,"kind":"contact","device":"a","signal":"facility.level"}]}
            """, own);

        Assert.Equal("lines[0].signal", Assert.Single(sent.Faults).Field);
    }

    private static IEnumerable<string> Faults(string yaml)
    {
        var answer = EdgeFile.Read("edge.yaml", yaml);
        Assert.Null(answer.Options);
        return answer.Faults.Select(fault => $"{fault.Field}@{fault.Line}").Order(StringComparer.Ordinal);
    }
}
