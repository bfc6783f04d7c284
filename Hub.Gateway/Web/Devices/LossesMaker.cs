using Hub.Gateway.Ingest;
using Hub.Gateway.Storage;
using Hub.Gateway.Web.Shell;

namespace Hub.Gateway.Web.Devices;

/// <summary>Makes the page of what was lost.</summary>
public sealed class LossesMaker(WebOptions options, IServiceProvider services)
{
    private readonly LossLedger? _losses = services.GetService<LossLedger>();
    private readonly DatabaseBook? _databases = services.GetService<DatabaseBook>();

    public LossesView Make(Frame frame)
    {
        var (refilled, givenUp) = _losses?.Totals ?? (0, 0);
        var open = _losses?.Gaps() ?? [];
        var all = open.Select(gap => (Gap: gap, IsFilled: false))
            .Concat((_losses?.Filled() ?? []).Select(gap => (Gap: gap, IsFilled: true)))
            .OrderByDescending(one => one.Gap.Before ?? DateTimeOffset.MinValue)
            .Take(options.LossesMax);
        var days = from one in all
                   group one by (one.Gap.Edge, Day: DayOf(one.Gap.Before, frame.Times.Zone)) into day
                   orderby day.Key.Day descending, day.Key.Edge
                   select new LossDayView(
                       day.Key.Edge, day.Key.Day, day.Where(one => !one.IsFilled).Sum(one => one.Gap.Missing),
                       [.. day]);
        return new LossesView(open.Sum(gap => gap.Missing), refilled, givenUp, [.. days])
        {
            Recoveries = _databases?.Recoveries ?? [],
        };
    }

    private static DateOnly? DayOf(DateTimeOffset? at, TimeZoneInfo zone) =>
        at is { } instant ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime) : null;
}
