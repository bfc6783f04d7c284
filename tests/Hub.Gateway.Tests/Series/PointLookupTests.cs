using Hub.Gateway.Series;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Series;

public class PointLookupTests
{
    private const string Volume = Signal.WaterVolume;

    private static readonly SiteSnapshot Site = new[]
    {
        InPoint(1, "edge-a", "meter", Volume), InPoint(2, "edge-b", "meter", Volume),
        InPoint(3, "edge-b", "other", Volume), InPoint(4, "load-7", "load-7", Volume),
        InPoint(5, "edge-c", "edge-b", Volume),
    }.Aggregate(SiteSnapshot.Empty, (site, point) => site.With(new SiteChange.PointCommissioned(point)));

    [Theory]
    [InlineData("edge-a/meter", "1")]
    [InlineData("load-7", "4")]
    [InlineData("other", "3")]
    [InlineData("edge-a", "1")]
    [InlineData("edge-c", "5")]
    [InlineData("edge-b", "5")]
    [InlineData("meter", "1,2")]
    [InlineData("nobody", "")]
    public void The_whole_name_comes_before_the_name_at_the_edge_and_that_before_the_edge(string device, string numbers) =>
        Assert.Equal(numbers, string.Join(',', PointLookup.Find(Site, [], device, Volume).Select(point => point.Number.Value).Order()));

    [Fact]
    public void A_retired_point_is_found_where_none_in_service_is_meant()
    {
        var retired = InPoint(9, "edge-z", "meter", "climate.temperature");

        Assert.Equal([retired], PointLookup.Find(Site, [retired], "edge-z/meter", "climate.temperature"));
        Assert.Equal([1], PointLookup.Find(Site, [InPoint(8, "edge-a", "meter", Volume)], "edge-a", Volume)
            .Select(point => point.Number.Value));
    }

    private static Point InPoint(int number, string edge, string device, string signal) =>
        new(new PointNumber(number), edge, device, signal, "b1");
}
