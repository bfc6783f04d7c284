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
    public async Task A_changed_pack_whose_trials_fail_leaves_the_running_one_until_it_says_what_they_expect()
    {
        await using var room = await SiteRoom.OpenAsync(Yaml);
        var watch = await WithPackAsync(room, Pack("one", "leak", "2 h"));
        Assert.Empty(await watch.ReloadAsync(Cancel));

        var changed = Pack("one", "leak", "6 h").Replace("version: 1", "version: 2", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(room["rules"], "one.trials"), Trials, Cancel);
        await File.WriteAllTextAsync(Path.Combine(room["rules"], "one.yaml"), changed, Cancel);
        var fault = Assert.Single(await watch.ReloadAsync(Cancel));
        Assert.Equal(("one.trials", 6), (Path.GetFileName(fault.File), fault.Line));
        Assert.Contains("A pipe runs: expected raised leak", fault.Limit, StringComparison.Ordinal);
        Assert.Equal(1, room.Book.Current.Packs["one"].Version);

        await File.WriteAllTextAsync(
            Path.Combine(room["rules"], "one.yaml"), changed.Replace("6 h", "2 h", StringComparison.Ordinal), Cancel);
        Assert.Empty(await watch.ReloadAsync(Cancel));
        Assert.Equal(2, room.Book.Current.Packs["one"].Version);
    }

    [Fact]
    public async Task Another_text_under_the_version_in_force_is_refused()
    {
        await using var room = await SiteRoom.OpenAsync(Yaml);
        var watch = await WithPackAsync(room, Pack("one", "leak", "2 h"));
        Assert.Empty(await watch.ReloadAsync(Cancel));

        await File.WriteAllTextAsync(Path.Combine(room["rules"], "one.yaml"), Pack("one", "leak", "3 h"), Cancel);

        var fault = Assert.Single(await watch.ReloadAsync(Cancel));
        Assert.Equal(("version", "1", "give this one version 2 or higher"), (fault.Field, fault.Value, fault.Cure));
        Assert.Contains("lasting: 2 h", room.Book.Current.Packs["one"].Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_pack_of_the_hub_is_blind_it_is_said_and_the_hub_runs()
    {
        await using var room = await SiteRoom.OpenAsync(Coarse);

        var blind = SiteFolder.Read(room.Options, room.Book.Current).BlindSpots();

        Assert.Contains(blind, finding => finding is { RuleId: "vacant-water-continuous", Parameter: "min-flow" });
        Assert.Contains("vacant-units", room.Book.Current.Packs.Keys);
    }

    private const string Trials = """
        trial  A pipe runs
        space  h  unit vacant since 2026-04-30
        point  h/water  water.volume  every 15 min  pulse 1 L
        at      point    value          expect
        08:00..10:00 every 15 min h/water 10.000 m3 +5 L
        10:15   h/water  10.045 m3      raised leak
        """;

    private static async Task<SiteWatch> WithPackAsync(SiteRoom room, string yaml)
    {
        Directory.CreateDirectory(room["rules"]);
        await File.WriteAllTextAsync(Path.Combine(room["rules"], "one.yaml"), yaml, Cancel);
        return new SiteWatch(room.Book, room.Options, NullLogger<SiteWatch>.Instance);
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
