using Hub.Rules.Packs;
using Hub.Testing;

namespace Hub.Gateway.Tests.Cli;

/// <summary>The program itself, as a script sees it.</summary>
public sealed class RulesCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_faulty_pack_is_check_failed_with_its_line_and_a_good_one_is_ok()
    {
        var yaml = DefaultPacks.YamlOf("kiosks");
        await File.WriteAllTextAsync(_folder["good.yaml"], yaml, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            _folder["bad.yaml"], yaml.Replace("detector: K1", "detector: k1", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var good = await HubProcess.RunAsync("buildinghub", "rules", "validate", _folder["good.yaml"]);
        var bad = await HubProcess.RunAsync("buildinghub", "rules", "validate", _folder["bad.yaml"], "--json");

        Assert.Equal((0, "ok"), (good.ExitCode, good.Output.Trim()));
        Assert.Equal(7, bad.ExitCode);
        Assert.Contains("\"line\":7", bad.Output, StringComparison.Ordinal);
        Assert.Contains("did you mean \\u0027K1\\u0027?", bad.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_of_the_hub_passes_its_trials_and_a_miss_fails_them()
    {
        var known = await HubProcess.RunAsync("buildinghub", "rules", "test", "kiosks");
        await File.WriteAllTextAsync(
            _folder["k.yaml"], DefaultPacks.YamlOf("kiosks"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            _folder["k.trials"], DefaultPacks.TrialsOf("kiosks").Replace("off            nothing", "off   raised summon", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var missed = await HubProcess.RunAsync("buildinghub", "rules", "test", _folder["k.yaml"]);

        Assert.Equal((0, 7), (known.ExitCode, missed.ExitCode));
        Assert.Contains("expected raised summon; there was nothing", missed.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_hub_answers_that_is_said_with_a_code_of_its_own()
    {
        var list = await HubProcess.RunAsync("buildinghub", "rules", "list", "--hub", "http://127.0.0.1:1");

        Assert.Equal(6, list.ExitCode);
        Assert.Contains("No hub answers at http://127.0.0.1:1/", list.Talk, StringComparison.Ordinal);
    }
}
