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
}
