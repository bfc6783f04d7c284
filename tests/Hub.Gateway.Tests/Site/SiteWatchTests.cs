using Hub.Gateway.Site;
using Hub.Rules.Packs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.Site;

public class SiteWatchTests
{
    private const string Yaml = "spaces:\n  - { id: pump-a, kind: facility, name: Pump A }\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_site_file_leaves_the_running_one_and_a_mended_one_takes_its_place()
    {
        await using var room = await SiteRoom.OpenAsync(Yaml);
        var watch = new SiteWatch(room.Book, room.Options, NullLogger<SiteWatch>.Instance);

        await File.WriteAllTextAsync(room.Options.SiteFile!, Yaml.Replace("facility", "facilty", StringComparison.Ordinal), Cancel);
        var fault = Assert.Single(await watch.ReloadAsync(Cancel));
        Assert.Equal(2, fault.Line);
        Assert.Equal("Pump A", room.Book.Current.Spaces["pump-a"].Name);

        await File.WriteAllTextAsync(room.Options.SiteFile!, Yaml.Replace("Pump A", "Pump house", StringComparison.Ordinal), Cancel);
        Assert.Empty(await watch.ReloadAsync(Cancel));
        Assert.Equal("Pump house", room.Book.Current.Spaces["pump-a"].Name);
    }

    [Fact]
    public async Task A_wrong_rule_pack_leaves_the_running_one()
    {
        await using var room = await SiteRoom.OpenAsync(Yaml);
        var pack = DefaultPacks.All[0];
        Directory.CreateDirectory(room["rules"]);
        await File.WriteAllTextAsync(Path.Combine(room["rules"], "pack.yaml"), DefaultPacks.YamlOf(pack.Id) + "\nsurprise: 1\n", Cancel);
        var watch = new SiteWatch(room.Book, room.Options, NullLogger<SiteWatch>.Instance);

        Assert.NotEmpty(await watch.ReloadAsync(Cancel));

        Assert.Equal(DefaultPacks.YamlOf(pack.Id), room.Book.Current.Packs[pack.Id].Yaml);
    }

    [Fact]
    public async Task A_pack_that_is_blind_on_a_meter_of_the_site_or_uses_another_packs_ids_leaves_the_running_ones()
    {
        await using var room = await SiteRoom.OpenAsync(Coarse);
        Directory.CreateDirectory(room["rules"]);
        await File.WriteAllTextAsync(Path.Combine(room["rules"], "a.yaml"), Pack("one", "leak", "8 h"), Cancel);
        await File.WriteAllTextAsync(Path.Combine(room["rules"], "b.yaml"), Pack("two", "leak", "2 h"), Cancel);
        var watch = new SiteWatch(room.Book, room.Options, NullLogger<SiteWatch>.Instance);

        var faults = await watch.ReloadAsync(Cancel);

        Assert.Equal(
            [("b.yaml", 4, "id"), ("b.yaml", 7, "min-flow")],
            faults.Select(fault => (Path.GetFileName(fault.File), fault.Line, fault.Field.Split('.')[^1])));
        Assert.Equal(DefaultPacks.All.Select(pack => pack.Id), room.Book.Current.Packs.Keys);
    }

    [Fact]
    public async Task Where_a_pack_of_the_hub_is_blind_it_is_said_and_the_hub_runs()
    {
        await using var room = await SiteRoom.OpenAsync(Coarse);

        var blind = SiteFolder.Read(room.Options).BlindSpots();

        Assert.Contains(blind, finding => finding is { RuleId: "vacant-water-continuous", Parameter: "min-flow" });
        Assert.Contains("vacant-units", room.Book.Current.Packs.Keys);
    }

    private const string Coarse = """
        spaces: [ { id: home, occupancy: unlet } ]
        edges: [ { id: e, devices: [ { id: w, space: home, points: [ { signal: water.volume, pulse: 10 L } ] } ] } ]
        """;

    private static string Pack(string id, string rule, string lasting) => $$"""
        id: {{id}}
        version: 1
        rules:
          - id: {{rule}}
            detector: W2
            why: Water that does not stop.
            parameters: { min-flow: 3.8 L/h, lasting: {{lasting}}, fast-lasting: 2 h }
        """;
}
