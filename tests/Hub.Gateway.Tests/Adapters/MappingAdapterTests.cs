using System.Text;
using Hub.Gateway.Adapters;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Adapters;

/// <summary>A site's own description of somebody's JSON.</summary>
public class MappingAdapterTests
{
    internal const string Yaml = """
        adapters:
          - id: plant
            kind: json
            topic: plant/{device}/state
            time: $.at
            values:
              - { path: $.meter.total, signal: water.volume, unit: L, scale: 10 }
              - { path: "$.rows[1]['flow rate']", signal: water.flow, unit: L/min }
              - { path: $.leak, signal: leak.wet, on: WET }
              - { path: $.door, signal: door.open }
              - { path: $.air, signal: climate.temperature, unit: "°F" }
              - { path: $.level, signal: tank.level, unit: cm }
        """;

    internal const string Payload = """
        {"at":"2026-11-22T07:59:00+08:00","meter":{"total":"123.4"},"rows":[0,{"flow rate":2}],"leak":"WET",
         "door":"closed","air":50,"level":7}
        """;

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private readonly IAdapter _adapter = AdapterCatalogue.Make(SiteFile.Read("site.yaml", Yaml).Value!.Adapters[0]);

    [Fact]
    public void Each_path_becomes_its_signal_in_the_signal_s_unit()
    {
        Assert.Equal(
            [
                "pump-1 water.volume = 1.234 m3 @ 2026-11-21T23:59:00.000Z",
                "pump-1 water.flow = 120 l/h @ 2026-11-21T23:59:00.000Z",
                "pump-1 leak.wet = 1 @ 2026-11-21T23:59:00.000Z",
                "pump-1 door.open = 0 @ 2026-11-21T23:59:00.000Z",
                "pump-1 climate.temperature = 10 Cel @ 2026-11-21T23:59:00.000Z",
                "pump-1 tank.level = 7 cm @ 2026-11-21T23:59:00.000Z",
            ],
            Decode("plant/pump-1/state", Payload));
    }

    [Fact]
    public void A_value_that_is_missing_leaves_the_others_and_none_at_all_is_refused_with_the_paths()
    {
        Assert.Equal(["p leak.wet = 0"], Decode("plant/p/state", """{"leak":"DRY","air":"warm"}"""));
        Assert.StartsWith(
            "refused: None of the paths of adapter plant", Assert.Single(Decode("plant/p/state", """{"Leak":"WET"}""")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plant/p/state", true)]
    [InlineData("plant//state", false)]
    [InlineData("plant/p/state/x", false)]
    [InlineData("plant/p", false)]
    [InlineData("Plant/p/state", false)]
    public void Takes_the_topics_of_its_pattern_alone(string topic, bool isOwned) =>
        Assert.Equal(isOwned, _adapter.Owns(topic));

    private IReadOnlyList<string> Decode(string topic, string payload)
    {
        var decoded = new Decoded(new AdapterOptions());
        _adapter.Decode(new AdapterMessage(topic, Encoding.UTF8.GetBytes(payload), Now), decoded);
        return DecodedLines.Of(decoded);
    }
}
