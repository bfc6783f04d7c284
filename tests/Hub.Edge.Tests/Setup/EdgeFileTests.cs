using Hub.Edge.Pins;
using Hub.Edge.Sensing;
using Hub.Edge.Setup;

namespace Hub.Edge.Tests.Setup;

public class EdgeFileTests
{
    private const string Whole = """
        edge: e1
        data: /tmp/edge
        hub: { host: hub.local, tls: true, user: e1, password: secret }
        intervals: { registers: 30s, commit: 500ms }
        limits: { readingsMiB: 128 }
        kiosk:
          lobby: b1-e2-lobby
          building: 3 栋 2 单元
          hotline: 400-000-0000
          languages: [zh-Hans, en]
          ppi: 92.5
          listen: 127.0.0.1:8091
        lines:
          - { line: 17, kind: pulse, device: b1-e2-0301, signal: water.volume, weight: 0.001, start: 12.5,
              bias: pull-up, activeLow: true }
          - { line: 27, kind: button, device: lobby, debounce: 5ms }
          - { line: 22, kind: lamp, device: lobby, colour: amber }
          - { line: 23, kind: contact, device: b1-e2-0301, signal: door.open, changes: 24h }
        """;

    [Fact]
    public void A_whole_file_is_a_whole_configuration()
    {
        var answer = EdgeFile.Read("edge.yaml", Whole);

        Assert.Empty(answer.Faults);
        var options = answer.Options!;
        Assert.Equal(("e1", "hub.local", 8883, true),
            (options.Edge, options.Hub.Host, options.Hub.Port, options.Hub.IsTls));
        Assert.Equal(TimeSpan.FromMilliseconds(500), options.Intervals.Commit);
        Assert.Equal(128L << 20, options.Limits.ReadingsBytesMax);
        Assert.True(options.Kiosk.IsEnabled);
        Assert.Equal(["zh-Hans", "en"], options.Kiosk.Languages);
        Assert.Equal(8091, options.Kiosk.Endpoint.Port);
        Assert.Equal(new LineOptions
        {
            Line = 17,
            Kind = LineKind.Pulse,
            Device = "b1-e2-0301",
            Signal = "water.volume",
            PulseWeight = 0.001,
            Start = 12.5,
            Bias = LineBias.PullUp,
            ActiveLow = true,
        }, options.Lines[0]);
        Assert.Equal(("button.press", TimeSpan.FromMilliseconds(5)),
            (options.Lines[1].Signal, options.Lines[1].Debounce!.Value));
        Assert.Equal((null, TimeSpan.FromHours(24)), (options.Lines[1].ChangesWithin, options.Lines[3].ChangesWithin));
    }

    [Fact]
    public void Every_fault_is_told_at_once_with_line_field_value_limit_and_cure()
    {
        var answer = EdgeFile.Read("edge.yaml", """
            edge: "e 1"
            hub: { port: 70000, tlss: true }
            intervals: { registers: soon }
            kiosk: { timeZone: Mars/Base, languages: [zh-Hans, fr] }
            lines:
              - { line: 17, kind: puls, device: a, signal: x }
              - { line: 17, kind: pulse, device: b, signal: water.volume }
              - { line: 18, kind: button, device: c, changes: 24h }
              - { line: 19, kind: contact, device: c, signal: door.open, changes: 5s }
            """);

        Assert.Null(answer.Options);
        Assert.Equal(
            ["edge@1", "hub.port@2", "hub.tlss@2", "intervals.registers@3", "kiosk.hotline@4", "kiosk.languages@4",
                "kiosk.timeZone@4", "lines[0].kind@6", "lines[1].line@7", "lines[1].weight@7", "lines[2].changes@8",
                "lines[3].changes@9"],
            answer.Faults.Select(fault => $"{fault.Field}@{fault.Line}").Order(StringComparer.Ordinal));
        Assert.Contains("Did you mean 'tls'?", answer.Faults.Single(fault => fault.Field == "hub.tlss").Cure,
            StringComparison.Ordinal);
        Assert.Contains("Did you mean 'pulse'?", answer.Faults.Single(fault => fault.Field == "lines[0].kind").Cure,
            StringComparison.Ordinal);
        Assert.Equal("edge.yaml:2: hub.port = '70000': a whole number from 1 to 65535. Write digits only.",
            answer.Faults.Single(fault => fault.Field == "hub.port").ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("just a text")]
    [InlineData("edge: [1, 2")]
    [InlineData("edge: e1\nedge: e2")]
    [InlineData("- edge")]
    [InlineData("edge: {a: b}")]
    [InlineData("edge: e1\nlines: 7")]
    [InlineData("edge: e1\nlines: [7]")]
    [InlineData("edge: e1\nhub: 7")]
    public void What_is_not_a_configuration_is_a_fault_and_never_an_exception(string text)
    {
        var answer = EdgeFile.Read("edge.yaml", text);

        Assert.Null(answer.Options);
        Assert.NotEmpty(answer.Faults);
    }

    [Fact]
    public void What_the_hub_sends_replaces_lines_and_intervals_and_nothing_else()
    {
        var own = EdgeFile.Read("edge.yaml", Whole).Options!;

        var sent = EdgeFile.ReadSent("config", """
            {"version":"7","intervals":{"health":"2m"},"lines":[{"line":4,"kind":"contact","device":"d","signal":"door.open"}]}
            """, own);

        Assert.Empty(sent.Faults);
        Assert.Equal(("7", "e1", 1), (sent.Options!.ConfigVersion, sent.Options.Edge, sent.Options.Lines.Count));
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(30)),
            (sent.Options.Intervals.Health, sent.Options.Intervals.Registers));
        Assert.NotEmpty(EdgeFile.ReadSent("config", """{"version":"8","hub":{"host":"evil"}}""", own).Faults);
    }
}
