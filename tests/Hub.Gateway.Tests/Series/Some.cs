using Hub.Rules.Engine;
using Hub.Rules.Readings;

namespace Hub.Gateway.Tests.Series;

internal static class Some
{
    public static readonly DateTimeOffset Morning = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static Reading Reading(int point = 1, DateTimeOffset? at = null, double value = 1) =>
        new(new PointNumber(point), (at ?? Morning).UtcTicks, value);

    public static Entry.Readings Pack(params Reading[] readings) =>
        new("edge-1", "e1", 0, Morning, readings);
}
