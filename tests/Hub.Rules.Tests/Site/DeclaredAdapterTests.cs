using System.Text.Json;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Site;

/// <summary>The site file's adapters: what may be written, and every mistake at once with its line and cure.</summary>
public class DeclaredAdapterTests
{
    [Fact]
    public void Each_kind_has_its_usual_topic()
    {
        var adapters = SiteFile.Read("site.yaml", """
            adapters:
              - { id: z, kind: zigbee2mqtt }
              - { id: t, kind: tasmota, topic: "home/%topic%/%prefix%/" }
              - { id: s, kind: shelly-gen1 }
              - { id: g, kind: shelly }
              - { id: c, kind: chirpstack, topic: eu868/application }
              - { id: h, kind: home-assistant }
              - { id: p, kind: sparkplug }
            """).Value!.Adapters;

        Assert.Equal(
            ["zigbee2mqtt", "home/%topic%/%prefix%", "shellies", "shelly*", "eu868/application", "homeassistant", "spBv1.0"],
            adapters.Select(adapter => adapter.Topic));
    }

    [Fact]
    public void The_same_topic_may_be_behind_several_edges_but_sparkplug_behind_none()
    {
        var adapters = SiteFile.Read("site.yaml", """
            adapters:
              - { id: z, kind: zigbee2mqtt }
              - { id: z1, kind: zigbee2mqtt, edge: b1 }
              - { id: z2, kind: zigbee2mqtt, edge: b2 }
            """).Value!.Adapters;
        var faults = SiteFile.Read("site.yaml", """
            adapters:
              - { id: z1, kind: zigbee2mqtt, edge: b1 }
              - { id: z2, kind: zigbee2mqtt, edge: b1 }
              - { id: p, kind: sparkplug, edge: b1 }
            """).Faults.Select(fault => fault.ToString()).ToList();

        Assert.Equal([null, "b1", "b2"], adapters.Select(adapter => adapter.Edge));
        Assert.Collection(
            faults,
            fault => Assert.Contains("the adapter on line 2 takes the same messages", fault),
            fault => Assert.StartsWith("site.yaml:4: adapters[2].edge is 'b1'; what Sparkplug is asked for", fault));
    }

    [Fact]
    public void Every_mistake_is_said_with_its_line_and_its_cure()
    {
        var faults = SiteFile.Read("site.yaml", """
            adapters:
              - { id: z, kind: zigbe2mqtt }
              - { id: a, kind: tasmota, topic: tele/x }
              - { id: a, kind: zigbee2mqtt, topic: "zigbee2mqtt/#" }
              - { id: b, kind: sparkplug, values: [] }
              - { id: c, kind: sparkplug }
              - { id: d, kind: json, topic: "plant/x{device}/state" }
              - id: e
                kind: json
                topic: plant/{device}/state
                time: at
                values:
                  - { path: meter.total, signal: water.volume, unit: kWh }
                  - { path: $.a, signal: water.volum, scale: 0 }
                  - { path: "$.a[", unit: L }
            """).Faults.Select(fault => fault.ToString()).ToList();

        Assert.Collection(
            faults,
            fault => Assert.StartsWith("site.yaml:2: adapters[0].kind is 'zigbe2mqtt'; it must be one of", fault),
            fault => Assert.Contains("copy it from the device's FullTopic", fault),
            fault => Assert.StartsWith("site.yaml:4: adapters[2].topic is 'zigbee2mqtt/#'", fault),
            fault => Assert.StartsWith("site.yaml:4: adapters[2].id is 'a'; ids must be unique, and line 3", fault),
            fault => Assert.Contains("there is no key 'values' here", fault),
            fault => Assert.Contains("the adapter on line 5 takes the same messages", fault),
            fault => Assert.Contains("write plant/{device}/state", fault),
            fault => Assert.Contains("adapters[5].values is missing", fault),
            fault => Assert.StartsWith("site.yaml:11: adapters[6].time is 'at'; it must be a path such as", fault),
            fault => Assert.Contains("adapters[6].values[0].path is 'meter.total'", fault),
            fault => Assert.Contains("it can't be turned into m3", fault),
            fault => Assert.Contains("did you mean 'water.volume'?", fault),
            fault => Assert.Contains("it must be a number other than 0", fault),
            fault => Assert.Contains("values[2].path is '$.a['", fault),
            fault => Assert.Contains("values[2].signal is missing", fault));
    }

    [Theory]
    [InlineData("$", "{}", true)]
    [InlineData("$.a", """{"a":1}""", true)]
    [InlineData("$.a.b[1]['c d']", """{"a":{"b":[0,{"c d":1}]}}""", true)]
    [InlineData("$[0]", "[1]", true)]
    [InlineData("$.a", "[1]", false)]
    [InlineData("$[1]", "[1]", false)]
    [InlineData("$.a.b", """{"a":1}""", false)]
    public void A_path_finds_its_place_or_nothing(string path, string json, bool isFound)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(isFound, PayloadPath.TryParse(path, out _)!.Find(document.RootElement) is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("$a")]
    [InlineData("$.")]
    [InlineData("$..a")]
    [InlineData("$.a[")]
    [InlineData("$.a[]")]
    [InlineData("$.a[-1]")]
    [InlineData("$.a['b]")]
    [InlineData("$.a['']")]
    [InlineData("$.*")]
    [InlineData("$.a b")]
    [InlineData("$.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a")]
    public void What_is_no_path_is_refused(string path)
    {
        Assert.Null(PayloadPath.TryParse(path, out var wrong));
        Assert.Contains("$.meter.total", wrong, StringComparison.Ordinal);
    }
}
