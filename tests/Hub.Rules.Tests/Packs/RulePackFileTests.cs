using Hub.Rules.Alarms;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Packs;

public class RulePackFileTests
{
    [Fact]
    public void Reads_a_rule_with_everything_written()
    {
        var rule = Read(
            """
              - id: night-leak
                detector: W2
                why: Because.
                scope:
                  kinds: [unit, facility]
                  occupancy: any
                  buildings: b3
                  spaces: ["b3-e2-*"]
                  tags: [long]
                  devices: ["edge-b3/w-*"]
                  signals: [water.volume]
                parameters: { min-flow: 0.1 L/min, lasting: 90 min }
                onDelay: 15 min
                offDelay: 1 d
                order: { kind: complaint, symptom: dripping, priority: urgent, audience: chief }
            """);

        Assert.Equal(("night-leak", "W2", "Because."), (rule.Id, rule.Detector, rule.Why));
        Assert.Equal([SpaceKind.Unit, SpaceKind.Facility], rule.Scope.SpaceKinds);
        Assert.Equal(OccupancyScope.Any, rule.Scope.Occupancy);
        Assert.Equal(["b3"], rule.Scope.Buildings);
        Assert.Equal(["b3-e2-*"], rule.Scope.Spaces);
        Assert.Equal(["long"], rule.Scope.Tags);
        Assert.Equal(["edge-b3/w-*"], rule.Scope.Devices);
        Assert.Equal([Signal.WaterVolume], rule.Scope.Signals);
        Assert.Equal(6, rule.Parameter("min-flow"), 9);
        Assert.Equal(5400, rule.Parameter("lasting"));
        Assert.Equal(60, rule.Parameter("fast-flow"));
        Assert.Equal((TimeSpan.FromMinutes(15), TimeSpan.FromDays(1)), (rule.OnDelay, rule.OffDelay));
        Assert.Equal(new OrderRequest("complaint", "dripping", OrderPriority.Urgent, "chief"), rule.Order);
    }

    [Fact]
    public void Leaves_what_is_not_written_as_the_catalogue_has_it()
    {
        var rule = Read("  - { id: door, detector: D1, why: w }");

        var spec = DetectorCatalogue.Of("D1");
        Assert.Equal(spec.Scope, rule.Scope);
        Assert.Equal((spec.OnDelay, spec.OffDelay, spec.Order), (rule.OnDelay, rule.OffDelay, rule.Order));
        Assert.Empty(rule.Parameters);
    }

    [Fact]
    public void Changes_only_what_an_order_says() =>
        Assert.Equal(
            DetectorCatalogue.Of("D1").Order! with { Priority = OrderPriority.Notice },
            Read("  - { id: door, detector: D1, why: w, order: { priority: notice } }").Order);

    [Fact]
    public void None_asks_for_no_order() =>
        Assert.Null(Read("  - { id: door, detector: D1, why: w, order: none }").Order);

    [Fact]
    public void Reads_litres_for_a_volume() =>
        Assert.Equal(200, Read("  - { id: a, detector: W3, why: w, parameters: { volume: 0.2 m3 } }").Parameter("volume"), 9);

    private static Rule Read(string rule)
    {
        var read = RulePackFile.Read("pack.yaml", $"id: p\nversion: 3\nrules:\n{rule}");
        Assert.True(read.IsGood, read.ToString());
        Assert.Equal(("p", 3), (read.Value.Id, read.Value.Version));
        return Assert.Single(read.Value.Rules);
    }
}
