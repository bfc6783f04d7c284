using Hub.Rules.Packs;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Packs;

public class PackCheckTests
{
    [Fact]
    public void The_default_packs_see_what_they_ask_for_on_litre_meters() =>
        Assert.Empty(DefaultPacks.All.SelectMany(pack => PackCheck.Against(pack, Site("1 L", "1000 imp/kWh"))));

    [Fact]
    public void A_leak_of_3_8_litres_an_hour_is_invisible_within_two_hours_at_ten_litres_a_pulse()
    {
        var finding = Assert.Single(
            PackCheck.Against(Pack("W2", "min-flow: 3.8 L/h, lasting: 2 h, fast-lasting: 8 h"), Site("10 L", "1 Wh")));

        Assert.Equal(("r", "min-flow", "e/w/water.volume"), (finding.RuleId, finding.Parameter, finding.Point.Value));
        Assert.Contains("in 2 h it sees 0.76 pulses", finding.Why, StringComparison.Ordinal);
        Assert.Contains("set lasting to 8 h or more", finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_explanation_proposes_is_then_accepted() => Assert.Empty(
        PackCheck.Against(Pack("W2", "min-flow: 3.8 L/h, lasting: 8 h, fast-lasting: 8 h"), Site("10 L", "1 Wh")));

    [Theory]
    [InlineData("W3", "vacant-volume: 189 L", "100 L", "1 Wh", "set vacant-volume to 300 l or more")]
    [InlineData("E1", "step: 30 W, lasting: 3 h", "1 L", "1 kWh", "in 3 h it sees 0.09 pulses")]
    [InlineData("E2", "energy: 0.3 kWh", "1 L", "1 kWh", "set energy to 3 kWh or more")]
    public void A_meter_too_coarse_for_a_rule_is_named_with_the_cure(
        string detector, string parameters, string litres, string energy, string why)
    {
        var findings = PackCheck.Against(Pack(detector, parameters), Site(litres, energy));

        Assert.Contains(findings, finding => finding.Why.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public void A_space_the_rule_does_not_look_at_is_left_alone() => Assert.Empty(
        PackCheck.Against(Pack("W2", "min-flow: 3.8 L/h, lasting: 2 h", "{ spaces: [elsewhere] }"), Site("10 L", "1 Wh")));

    [Fact]
    public void The_snapshot_of_a_site_gives_the_same_findings_as_its_file()
    {
        var file = Site("10 L", "1 Wh");
        var snapshot = SiteSnapshot.Empty;
        foreach (var space in file.Spaces)
        {
            snapshot = snapshot.With(new SiteChange.SpaceDefined(space));
        }

        foreach (var (point, index) in file.Points.Select((point, index) => (point, index)))
        {
            snapshot = snapshot.With(new SiteChange.PointCommissioned(point.At(new(index + 1))));
        }

        var pack = Pack("W2", "min-flow: 3.8 L/h, lasting: 2 h");
        Assert.NotEmpty(PackCheck.Against(pack, file));
        Assert.Equal(PackCheck.Against(pack, file), PackCheck.Against(pack, snapshot));
    }

    private static RulePack Pack(string detector, string parameters, string scope = "{}")
    {
        var text = $"id: p\nversion: 1\nrules:\n  - {{ id: r, detector: {detector}, why: w, scope: {scope}, parameters: {{ {parameters} }} }}";
        var read = RulePackFile.Read("p.yaml", text);
        return read.Value ?? throw new InvalidOperationException(read.ToString());
    }

    private static SiteFile Site(string litres, string energy)
    {
        var read = SiteFile.Read(
            "site.yaml",
            $$"""
            spaces: [ { id: home, occupancy: unlet } ]
            edges:
              - id: e
                devices:
                  - { id: w, space: home, points: [ { signal: water.volume, pulse: {{litres}} }, { signal: water.flow } ] }
                  - { id: p, space: home, points: [ { signal: electric.energy, pulse: {{energy}} }, { signal: electric.power } ] }
            """);
        return read.Value ?? throw new InvalidOperationException(read.ToString());
    }
}
