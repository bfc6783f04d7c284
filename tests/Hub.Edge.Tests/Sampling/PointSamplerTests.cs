using Hub.Edge.Sampling;
using Hub.Testing;

namespace Hub.Edge.Tests.Sampling;

public sealed class PointSamplerTests : IDisposable
{
    private static readonly SampledPoint Point = new()
    {
        Device = "riser",
        Signal = "climate.temperature",
        Scale = 0.5,
        Offset = -10,
        ValueMin = -20,
        ValueMax = 60,
        Deadband = 0.5,
        AtLeast = TimeSpan.FromMinutes(15),
    };

    private readonly ManualTime _time = new();
    private readonly ToldValues _told = new();
    private readonly DeviceFaults _faults;
    private readonly PointSampler _sampler;

    public PointSamplerTests()
    {
        _faults = new DeviceFaults(_told, _time);
        _sampler = new PointSampler(Point, _faults, _told, _time);
    }

    private double[] Values => _told.Of(Point.Key);

    private double[] Presence => _told.Of("riser/device.online");

    [Fact]
    public void A_value_is_scaled_and_told_again_when_it_has_moved_or_enough_time_has_passed()
    {
        _sampler.Take(60);
        _sampler.Take(60.9);
        _sampler.Take(61);
        _time.Advance(TimeSpan.FromMinutes(14));
        _sampler.Take(61);
        _time.Advance(TimeSpan.FromMinutes(1));
        _sampler.Take(61);

        Assert.Equal([20, 20.5, 20.5], Values);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(-40)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_impossible_value_is_never_told_and_a_fault_the_second_time(double raw)
    {
        _sampler.Take(raw);
        Assert.Null(_faults.First);
        _sampler.Take(raw);

        Assert.Empty(Values);
        Assert.Equal([0], Presence);
        Assert.Contains("-20 to 60 is possible", _faults.First, StringComparison.Ordinal);
    }

    [Fact]
    public void A_miss_between_good_values_is_no_fault()
    {
        for (var i = 0; i < 10; i++)
        {
            _sampler.Take(i);
            _sampler.Miss("A disturbed bit.");
        }

        Assert.Null(_faults.First);
        Assert.Equal([1], Presence);
    }

    [Fact]
    public void A_device_is_away_while_any_of_its_points_is_and_back_with_the_last()
    {
        var other = new PointSampler(
            Point with { Signal = "climate.humidity", ValueMax = 100 }, _faults, _told, _time);
        List<string> changes = [];
        _faults.Changed += (point, why) => changes.Add($"{point}: {why ?? "back"}");
        _sampler.Take(60);
        other.Take(60);
        foreach (var sampler in new[] { _sampler, other, _sampler, other, _sampler })
        {
            sampler.Miss("It is gone.");
        }

        _sampler.Take(60);
        Assert.Equal([1, 0], Presence);
        Assert.Equal("riser/climate.humidity: It is gone.", _faults.First);
        other.Take(60);
        _faults.TellAll();

        Assert.Equal([1, 0, 1, 1], Presence);
        Assert.Null(_faults.First);
        Assert.Equal(
            [
                "riser/climate.temperature: It is gone.", "riser/climate.humidity: It is gone.",
                "riser/climate.temperature: back", "riser/climate.humidity: back",
            ], changes);
    }

    [Fact]
    public void A_fault_of_what_nobody_reads_any_more_is_said_to_be_over()
    {
        List<string?> changes = [];
        _faults.Note(Point, "It is gone.");
        _faults.Changed += (_, why) => changes.Add(why);

        _faults.Forget(Point);
        _faults.Forget(Point);

        Assert.Equal([null], changes);
        Assert.Equal([0, 1], Presence);
    }

    public void Dispose() => _told.Dispose();
}
