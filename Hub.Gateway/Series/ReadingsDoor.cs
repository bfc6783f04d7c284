using System.Globalization;
using System.Text.Json;
using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Series;

/// <summary>The history over HTTP.</summary>
internal sealed class ReadingsDoor(
    JournalLog journal, HistoryStore history, OlderReadings olderReadings, PointNames names, SiteBook site,
    HistoryOptions options)
{
    private const int BucketsDefault = 300;
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(5);

    public async Task<IResult> ReadAsync(
        HttpContext context, string? device, string? signal, string? from, string? to, string? limit, string? after)
    {
        var (query, fault) = ReadingsQuery.Read(device, signal, from, to, limit, after);
        if (query is null)
        {
            return fault!.ToProblem();
        }

        var (point, problem) = Find(query.Device, query.Signal);
        problem ??= await CatchUpAsync(context.RequestAborted);
        if (point is null || problem is not null)
        {
            return problem!;
        }

        var page = history.Read(point.Number, query.From, query.To, query.Limit, query.After);
        context.Response.ContentType = "application/json; charset=utf-8";
        await ReadingsJson.WriteAsync(context.Response.BodyWriter, point, page, context.RequestAborted);
        return Results.Empty;
    }

    public IResult Points() => Results.Json(new
    {
        items = site.Current.Points.Values.OrderBy(point => point.Id.Value, StringComparer.Ordinal).Select(point => new
        {
            id = point.Id.Value,
            device = point.DeviceId,
            edge = point.Edge,
            signal = point.Signal,
            unit = Signal.Of(point.Signal).Unit,
            space = point.SpaceId,
            everySeconds = point.Every?.TotalSeconds,
        }),
    });

    public async Task<IResult> ChartAsync(
        HttpContext context, string? device, string? signal, string? from, string? to, string? buckets)
    {
        var (query, fault) = ReadingsQuery.Read(device, signal, from, to, null, null);
        var count = BucketsDefault;
        fault ??= from is null || to is null
            ? new QueryFault(
                from is null ? "from" : "to", null, "it must be given", "A chart has a beginning and an end.")
            : null;
        fault ??= buckets is null || (int.TryParse(buckets, NumberStyles.None, CultureInfo.InvariantCulture, out count)
                && count is >= 1 and <= HistoryStore.BucketsMax)
            ? null
            : new QueryFault(
                "buckets", buckets, $"a whole number from 1 to {HistoryStore.BucketsMax}",
                "Ask for one a pixel or fewer.");
        if (fault is not null)
        {
            return fault.ToProblem();
        }

        var (point, problem) = Find(query!.Device, query.Signal);
        problem ??= await CatchUpAsync(context.RequestAborted);
        if (point is null || problem is not null)
        {
            return problem!;
        }

        var parts = history.Bucketed(point.Number, query.From, query.To, count);
        var (begin, width) = (parts[0].FromTicks, parts[0].ToTicks - parts[0].FromTicks);
        var older = await olderReadings.ReadAsync(
            point, begin, parts[^1].ToTicks, width, context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        ChartJson.Write(json, point, older.Join(parts, point), older.State);
        return Results.Empty;
    }

    /// <summary>The one point that is meant, or why there is none.</summary>
    public (Point? Point, IResult? Problem) Find(string device, string signal)
    {
        var points = PointLookup.Find(site.Current, names.All, device, signal);
        return points.Count switch
        {
            1 => (points[0], null),
            0 => (null, Results.Problem(
                statusCode: StatusCodes.Status404NotFound,
                title: "No such point.",
                detail: $"No signal {signal} of device {device} is commissioned; /api/v1/points lists what is.")),
            _ => (null, new QueryFault(
                "device", device, "it must name one point",
                $"Send one of these as device: {string.Join(", ", points.Select(point => point.DeviceId).Take(20))}.")
                .ToProblem()),
        };
    }

    /// <summary>What was acknowledged before the request is in the answer, or there is none.</summary>
    public async Task<IResult?> CatchUpAsync(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(PatienceMax, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            await history.CaughtUpAsync(journal.Tail, either.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Results.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: "The history is behind the journal.",
                detail: $"It is at row {history.Position} of {journal.Tail}; nothing is lost. Ask again soon.");
        }
    }
}
