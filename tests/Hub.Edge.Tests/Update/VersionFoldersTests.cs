using Hub.Edge.Update;

namespace Hub.Edge.Tests.Update;

/// <summary>A version comes in, and whatever happens on the way a whole one starts.</summary>
public sealed class VersionFoldersTests : IDisposable
{
    private readonly Installation _machine = new();

    [Fact]
    public async Task Whenever_the_power_is_cut_a_whole_version_starts_and_the_update_can_be_tried_again()
    {
        _machine.Install(_machine.Make("1.0.0"));
        var update = _machine.Make("1.1.0");
        var random = new Random(7);
        var steps = 0;
        for (var cutAt = 0; cutAt <= steps; cutAt++)
        {
            var count = 0;
            try
            {
                _machine.Install(update, _ =>
                {
                    if (count++ == cutAt)
                    {
                        throw new PowerCut();
                    }
                });
            }
            catch (PowerCut)
            {
                TearWhatWasNotDurable(random);
            }

            steps = Math.Max(steps, count);
            await _machine.GateAsync();
            Assert.Contains(_machine.WholeVersion(), new[] { "1.0.0", "1.1.0" });

            // It can be tried again; then it doesn't prove itself, so each turn begins with the old one.
            if (_machine.Current == "versions/1.0.0")
            {
                _machine.Install(update);
            }

            Assert.Equal("1.1.0", _machine.WholeVersion());
            await _machine.GateAsync("back");
            Assert.Equal("1.0.0", _machine.WholeVersion());
        }

        Assert.InRange(steps, 8, 20);
    }

    [Fact]
    public async Task A_version_that_does_not_prove_itself_in_three_starts_goes_back_by_itself()
    {
        _machine.Install(_machine.Make("1.0.0"));
        _machine.Install(_machine.Make("1.1.0"));
        for (var start = 0; start < 3; start++)
        {
            await _machine.GateAsync();
            Assert.Equal("1.1.0", _machine.WholeVersion());
        }

        await _machine.GateAsync();

        Assert.Equal("1.0.0", _machine.WholeVersion());
        Assert.False(_machine.IsPending);
    }

    [Fact]
    public async Task A_version_that_has_proved_itself_stays_with_the_one_before_and_without_those_before_that()
    {
        foreach (var version in new[] { "1.0.0", "1.1.0", "1.2.0" })
        {
            _machine.Install(_machine.Make(version));
            _machine.Prove(version);
            await _machine.GateAsync();
            await _machine.GateAsync();
        }

        Assert.Equal("1.2.0", _machine.WholeVersion());
        Assert.Equal(["1.1.0", "1.2.0"],
            Directory.GetDirectories(Path.Combine(_machine.Root, "versions")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void An_older_version_comes_only_if_it_is_asked_for_and_the_same_one_never()
    {
        _machine.Install(_machine.Make("1.10.0"));
        var older = _machine.Make("1.9.0");

        Assert.Throws<UpdateRefusedException>(() => _machine.Install(older));
        Assert.Throws<UpdateRefusedException>(() => _machine.Install(_machine.Make("1.10.0")));
        Assert.Equal("1.10.0", _machine.WholeVersion());

        _machine.Install(older, isOlderAllowed: true);
        Assert.Equal("1.9.0", _machine.WholeVersion());
    }

    public void Dispose() => _machine.Dispose();

    /// <summary>Of what was being unpacked a power cut may leave anything.</summary>
    private void TearWhatWasNotDurable(Random random)
    {
        var parts = Directory.GetDirectories(Path.Combine(_machine.Root, "versions"), ".*.part");
        foreach (var file in parts.SelectMany(part => Directory.GetFiles(part, "*", SearchOption.AllDirectories)))
        {
            using var torn = File.OpenWrite(file);
            torn.SetLength(random.NextInt64(torn.Length + 1));
        }
    }

    private sealed class PowerCut : Exception;
}
