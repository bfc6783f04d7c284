using Hub.Testing;

namespace Hub.Edge.Tests.Update;

/// <summary>The scripts and units of deploy/edge, in a folder of their own.</summary>
public sealed class InstallScriptTests : IDisposable
{
    private readonly Installation _machine = new();

    private string Kit => _machine["kit"];

    private string Target => _machine["target"];

    [Fact]
    public async Task It_can_be_repeated_and_keeps_what_is_the_sites_own()
    {
        await InstallAsync("1.0.0");
        await File.WriteAllTextAsync(Path.Combine(Target, "etc/buildinghub/edge.yaml"), "edge: b1-e2\n",
            TestContext.Current.CancellationToken);
        var before = Tree();

        await InstallAsync("1.0.0");

        Assert.Equal(before, Tree());
        Assert.Equal("versions/1.0.0", new FileInfo(Path.Combine(Target, "opt/buildinghub-edge/current")).LinkTarget);
        Assert.False(File.Exists(Path.Combine(Target, "opt/buildinghub-edge/pending")));
    }

    [Fact]
    public async Task A_newer_folder_is_an_update_that_has_to_prove_itself()
    {
        await InstallAsync("1.0.0");
        await InstallAsync("1.1.0");

        Assert.Equal("1.1.0 1.0.0 0\n", await File.ReadAllTextAsync(
            Path.Combine(Target, "opt/buildinghub-edge/pending"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_update_that_reaches_the_hub_stays()
    {
        await UpdateAsync("echo \"$1\" >> \"$BUILDINGHUB_DATA/calls\"; echo 1.1.0 > \"$BUILDINGHUB_DATA/proved\"", 0);

        Assert.Equal("1.1.0", _machine.WholeVersion());
        Assert.False(_machine.IsPending);
    }

    [Fact]
    public async Task An_update_that_does_not_goes_back_and_the_old_one_is_started()
    {
        await UpdateAsync("echo \"$1\" >> \"$BUILDINGHUB_DATA/calls\"", 1);

        Assert.Equal("1.0.0", _machine.WholeVersion());
        Assert.False(_machine.IsPending);
        Assert.Equal(["restart", "restart"], await File.ReadAllLinesAsync(
            Path.Combine(_machine.Data, "calls"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Systemd_finds_nothing_wrong_with_the_units_and_little_exposed()
    {
        var analyze = RealServer.Find("systemd-analyze");
        foreach (var unit in Directory.GetFiles(Path.Combine(Installation.Deploy, "units"), "*.service"))
        {
            // The programs aren't installed here.
            var text = await File.ReadAllLinesAsync(unit, TestContext.Current.CancellationToken);
            var copy = _machine[Path.GetFileName(unit)];
            await File.WriteAllLinesAsync(copy, text.Select(line =>
                System.Text.RegularExpressions.Regex.Replace(line, "^(Exec\\w+=[-+]*)/(opt|usr)/\\S+", "$1/bin/true")),
                TestContext.Current.CancellationToken);

            Assert.Equal((0, ""), await _machine.RunAsync(analyze, "verify", copy));
        }

        var (code, said) = await _machine.RunAsync(
            analyze, "security", "--offline=yes", "--threshold=25", _machine["buildinghub-edge.service"]);
        Assert.True(code == 0, said);
    }

    public void Dispose() => _machine.Dispose();

    private async Task InstallAsync(string version)
    {
        _machine.Make(version);
        if (Directory.Exists(Kit))
        {
            Directory.Delete(Kit, recursive: true);
        }

        Directory.CreateDirectory(Kit);
        foreach (var part in new[] { "install.sh", "edge.yaml", "units", "lib" })
        {
            Assert.Equal((0, ""), await _machine.RunAsync(
                "/bin/cp", "-R", Path.Combine(Installation.Deploy, part), Kit));
        }

        Directory.Move(_machine[$"published-{version}"], Path.Combine(Kit, "edge"));
        await File.WriteAllTextAsync(Path.Combine(Kit, "edge", "VERSION"), version + "\n");
        File.Copy(_machine.PublicKey, Path.Combine(Kit, "update.pub"));
        var (code, said) = await _machine.RunAsync(Path.Combine(Kit, "install.sh"), "--destdir", Target);
        Assert.True(code == 0, said);
    }

    /// <summary>The installed version's own program unpacks the new one; here it finds the work done already.</summary>
    private async Task UpdateAsync(string onRestart, int expected)
    {
        var done = _machine["done"];
        _machine.Install(_machine.Make("1.0.0",
            $"""
            #!/bin/sh
            [ "$1" = update ] && rm -rf "$BUILDINGHUB_ROOT" && cp -R {done} "$BUILDINGHUB_ROOT" && echo 1.1.0
            """));
        Assert.Equal((0, ""), await _machine.RunAsync("/bin/cp", "-R", _machine.Root, _machine["before"]));
        var update = _machine.Make("1.1.0");
        _machine.Install(update);
        Directory.Move(_machine.Root, done);
        Directory.Move(_machine["before"], _machine.Root);
        _machine.WriteScript("systemctl", onRestart);
        _machine.Prove("1.1.0"); // Of a life before: it must not count.

        var (code, said) = await _machine.RunAsync(
            Path.Combine(Installation.Deploy, "lib", "buildinghub-edge-update"), update);

        Assert.True(code == expected, said);
    }

    /// <summary>Every file with its content.</summary>
    private List<string> Tree() =>
    [
        .. Directory.EnumerateFiles(Target, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{file}: {File.ReadAllText(file)}"),
    ];
}
