using System.Text;
using Hub.Gateway.Series;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Series;

public class InfluxRowsTests
{
    // As InfluxDB 1.6 answers; the morning is 1767600000 s.
    private const string Readings = """
        {"statement_id":0,"series":[{"name":"reading","columns":["time","value"],"values":[
        [1767600000000000000,1],[1767600060000000000,1.0625],[1767600060000000001,1.125],[1767603600000000000,2]]}]}
        """;

    private const string Stretches = """
        {"statement_id":1,"series":[{"name":"reading",
        "columns":["time","count","min","max","sum","first","last"],"values":[
        [1767600000000000000,4,1,1.75,5.5,1,1.75],[1767607200000000000,2,2,9,11,2,9]]}]}
        """;

    private static readonly OlderQuery Asked = new(
        new Point(new PointNumber(1), "edge-b1", "w-1", Signal.WaterVolume, "b1", new Meter()),
        Some.Morning.UtcTicks, Some.Morning.AddHours(3).UtcTicks, TimeSpan.TicksPerHour);

    [Fact]
    public void Few_readings_are_each_a_part_with_what_the_register_counted()
    {
        var parts = Read($"{Readings},{Stretches}", readingsMax: 4);

        Assert.Equal([0, 60, 60, 3_600], parts.Select(part => (part.From - Some.Morning).TotalSeconds));
        Assert.Equal([1, 1.0625, 1.125, 2], parts.Select(part => part.Last));
        Assert.Equal([double.NaN, 0.0625], parts.Take(2).Select(part => part.Used));
        Assert.All(parts, part => Assert.Equal(1, part.Count));
    }

    [Fact]
    public void Of_too_many_it_takes_the_stretches()
    {
        var parts = Read($"{Readings},{Stretches}", readingsMax: 3);

        Assert.Equal([4, 2], parts.Select(part => part.Count));
        Assert.Equal([5.5, 11], parts.Select(part => part.Sum));
        Assert.Equal((1.75, 0.75), (parts[0].Last, parts[0].Used));
        // Evenly spread: the last of four, an eighth of the stretch before its end.
        Assert.Equal(52.5, (parts[0].LastAtTicks + 1 - parts[0].FromTicks) / (double)TimeSpan.TicksPerMinute, 3);
    }

    [Fact]
    public void A_stretch_in_which_the_register_went_back_says_nothing_of_what_was_used()
    {
        var fell = Stretches.Replace("4,1,1.75,5.5,1,1.75", "4,0,1.75,5.5,1,1.75", StringComparison.Ordinal);

        Assert.Equal(double.NaN, Read($"{Readings},{fell}", readingsMax: 3)[0].Used);
    }

    [Fact]
    public void Nothing_found_is_an_answer() =>
        Assert.Empty(Read("""{"statement_id":0},{"statement_id":1}""", readingsMax: 3));

    [Theory]
    [InlineData("", "can't be read")]
    [InlineData("""{"results":[{"partial":true,"series":[{"values":[]}]},{}]}""", "cut off")]
    [InlineData("<html>", "can't be read")]
    [InlineData("{}", "can't be read")]
    [InlineData("""{"results":[{}]}""", "another number")]
    [InlineData("""{"results":[{"error":"database not found: hub"},{}]}""", "database not found: hub")]
    [InlineData("""{"results":[{"series":[{"values":[[1767600000000000000]]}]},{}]}""", "other columns")]
    [InlineData("""{"results":[{"series":[{"values":[["2026",1]]}]},{}]}""", "can't be read")]
    [InlineData("""{"results":[{"series":[{"values":[[1767600000000000000,null]]}]},{}]}""", "can't be read")]
    [InlineData("""{"results":[{"series":[{"values":[[1767599999000000000,1]]}]},{}]}""", "not asked for")]
    [InlineData("""{"results":[{"series":[{"values":[[1767600000000000000,1]],"partial":true}]},{}]}""", "cut off")]
    public void A_broken_answer_is_refused_with_its_reason(string body, string reason)
    {
        var refused = Assert.Throws<InvalidDataException>(
            () => InfluxRows.Read(Encoding.UTF8.GetBytes(body), Asked, 12_000));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Bucket> Read(string results, int readingsMax) =>
        InfluxRows.Read(Encoding.UTF8.GetBytes($"{{\"results\":[{results}]}}"), Asked, readingsMax);
}
