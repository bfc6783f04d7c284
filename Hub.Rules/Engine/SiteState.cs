using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Engine;

/// <summary>Spaces, windows and points as bytes of a checkpoint.</summary>
internal static class SiteState
{
    public static Space Sync(StateCodec codec, Space? saved)
    {
        var (id, name, building, entrance, tags) = saved is null
            ? ("", "", "", "", "")
            : (saved.Id, saved.Name, saved.Building, saved.Entrance, saved.Tags);
        var (kind, occupancy) = ((byte)(saved?.Kind ?? 0), (byte)(saved?.Occupancy ?? 0));
        var (floor, vacantSince) = (saved?.Floor ?? int.MinValue, saved?.VacantSince?.UtcTicks ?? 0);
        codec.Sync(ref id);
        codec.Sync(ref name);
        codec.Sync(ref building);
        codec.Sync(ref entrance);
        codec.Sync(ref tags);
        codec.Sync(ref kind);
        codec.Sync(ref occupancy);
        codec.Sync(ref floor);
        codec.Sync(ref vacantSince);
        return saved ?? new Space(
            id, (SpaceKind)kind, name, building, entrance, floor == int.MinValue ? null : floor, (Occupancy)occupancy,
            vacantSince == 0 ? null : new DateTimeOffset(vacantSince, TimeSpan.Zero), tags);
    }

    public static PlannedWindow Sync(StateCodec codec, PlannedWindow? saved, string spaceId)
    {
        var (from, to, reason) = (saved?.From.UtcTicks ?? 0, saved?.To.UtcTicks ?? 0, saved?.Reason ?? "");
        codec.Sync(ref from);
        codec.Sync(ref to);
        codec.Sync(ref reason);
        return saved ?? new PlannedWindow(
            spaceId, new DateTimeOffset(from, TimeSpan.Zero), new DateTimeOffset(to, TimeSpan.Zero), reason);
    }

    public static Point Sync(StateCodec codec, Point? saved)
    {
        var (edge, device, signal, space) = saved is null
            ? ("", "", "", "")
            : (saved.Edge, saved.Device, saved.Signal, saved.SpaceId);
        var (number, every) = (saved?.Number.Value ?? 0, saved?.Every?.Ticks ?? 0);
        codec.Sync(ref number);
        codec.Sync(ref edge);
        codec.Sync(ref device);
        codec.Sync(ref signal);
        codec.Sync(ref space);
        codec.Sync(ref every);
        var meter = Sync(codec, saved?.Meter);
        return saved ?? new Point(
            new PointNumber(number), edge, device, signal, space, meter, every == 0 ? null : new TimeSpan(every));
    }

    private static Meter? Sync(StateCodec codec, Meter? saved)
    {
        var has = saved is not null;
        codec.Sync(ref has);
        if (!has)
        {
            return null;
        }

        var (serial, weight, rollover, rate) = (
            saved?.Serial, saved?.PulseWeight ?? double.NaN, saved?.RolloverAt ?? double.NaN,
            saved?.RateMax ?? double.NaN);
        codec.Sync(ref serial, orNull: true);
        codec.Sync(ref weight);
        codec.Sync(ref rollover);
        codec.Sync(ref rate);
        return saved ?? new Meter(serial, OrNull(weight), OrNull(rollover), OrNull(rate));
    }

    private static double? OrNull(double value) => double.IsNaN(value) ? null : value;
}
