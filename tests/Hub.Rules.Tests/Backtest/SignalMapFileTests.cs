using Hub.Rules.Backtest;

namespace Hub.Rules.Tests.Backtest;

public class SignalMapFileTests
{
    [Theory]
    [InlineData("{ signal: a, unit: L, becomes: water.volume }", "L", "water.volume", 0.001, 0)]
    [InlineData("{ signal: a, unit: m3, becomes: water.volume }", "m3", "water.volume", 1, 0)]
    [InlineData("{ signal: a, unit: kW, becomes: electric.power }", "kW", "electric.power", 1000, 0)]
    [InlineData("{ signal: a, unit: °F, becomes: climate.temperature }", "°F", "climate.temperature", 0.5555556, -17.7777778)]
    [InlineData("{ signal: a, unit: gpm, becomes: water.flow, factor: 227.1 }", "gpm", "water.flow", 227.1, 0)]
    [InlineData("{ signal: a, unit: x, becomes: water.flow, factor: 2, offset: -1 }", "x", "water.flow", 2, -1)]
    [InlineData("{ signal: a, unit: bool, becomes: door.open }", "bool", "door.open", 1, 0)]
    [InlineData("{ signal: a, becomes: door.open }", "other", "door.open", 1, 0)]
    public void Reads_a_mapping_and_takes_the_factor_from_a_known_unit(
        string written, string unit, string becomes, double factor, double offset)
    {
        var read = SignalMapFile.Read("map.yaml", $"mappings:\n  - {written}");

        Assert.True(read.IsGood, read.ToString());
        var mapping = read.Value.Find("a", unit)!;
        Assert.Equal(becomes, mapping.Becomes);
        Assert.Equal(factor, mapping.Factor, 6);
        Assert.Equal(offset, mapping.Offset, 6);
    }

    [Fact]
    public void A_mapping_may_name_the_part_of_the_device()
    {
        var read = SignalMapFile.Read(
            "map.yaml", "mappings:\n  - { signal: a, unit: °F, becomes: facility.temperature, part: supply-air }");

        Assert.Equal("supply-air", read.Value!.Find("a", "°F")!.Part);
    }

    [Theory]
    [InlineData("{ signal: a, unit: gpm, becomes: water.flow }", "unit is 'gpm'", "give the 'factor'")]
    [InlineData("{ signal: a, unit: kWh, becomes: water.flow }", "unit is 'kWh'", "own unit is l/h")]
    [InlineData("{ signal: a, becomes: water.flw }", "becomes is 'water.flw'", "did you mean 'water.flow'?")]
    [InlineData("{ becomes: water.flow }", "signal is missing")]
    [InlineData("{ signal: a, becomes: water.flow, factor: two }", "it must be a number")]
    [InlineData("{ signal: a, becomes: water.flow, factor: 0 }", "times 0 every value is 0")]
    [InlineData("{ signal: b, becomes: water.flow }", "the same signal and unit stand on line 2")]
    [InlineData("{ signal: a, becomes: water.flow, factr: 1 }", "did you mean 'factor'?")]
    public void Says_what_is_wrong(string written, params string[] words)
    {
        var read = SignalMapFile.Read("map.yaml", $"mappings:\n  - {{ signal: b, becomes: water.flow }}\n  - {written}");

        Assert.False(read.IsGood);
        Assert.Contains(read.Faults, fault => fault.Line == 3
            && words.All(word => fault.ToString().Contains(word, StringComparison.Ordinal)));
    }

    [Fact]
    public void An_empty_map_is_a_fault() => Assert.False(SignalMapFile.Read("map.yaml", "").IsGood);
}
