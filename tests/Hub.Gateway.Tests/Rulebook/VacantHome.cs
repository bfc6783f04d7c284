using Hub.Gateway.Tests.Site;
using Hub.Rules.Engine;
using Hub.Rules.Readings;

namespace Hub.Gateway.Tests.Rulebook;

/// <summary>A home where nobody lives, with a water meter.</summary>
internal static class VacantHome
{
    public const string Site = """
        spaces: [ { id: home, name: "1-301", occupancy: unlet, vacantSince: 2026-01-01 } ]
        edges: [ { id: e, devices: [ { id: w, space: home, every: 15 min, points: [ { signal: water.volume, pulse: 1 L } ] } ] } ]
        """;

    public const string Water = "e/w/water.volume";

    /// <summary>Ten readings a quarter of an hour apart; from the fifth on six litres each.</summary>
    public static async Task UseWaterAsync(SiteRoom room)
    {
        var point = room.Book.Current.Find(new PointId(Water))!;
        var start = room.Time.GetUtcNow();
        for (var i = 0; i < 10; i++)
        {
            var at = start.AddMinutes(15 * i);
            var reading = new Reading(point.Number, at.UtcTicks, 10 + (i < 4 ? 0 : (i - 3) * 0.006));
            await room.Journal.AppendAsync(
                new Entry.Readings("e", "", 0, at, new[] { reading }), TestContext.Current.CancellationToken);
        }
    }
}
