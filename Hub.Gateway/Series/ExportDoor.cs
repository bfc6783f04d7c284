using Hub.Gateway.Site;
using Hub.Rules.Site;

namespace Hub.Gateway.Series;

/// <summary>The history over HTTP, as a file: one point's readings, or every point's.</summary>
internal sealed class ExportDoor(ReadingsDoor readings, HistoryStore history, PointNames names, SiteBook site)
{
    public async Task<IResult> ExportAsync(
        HttpContext context, string? device, string? signal, string? from, string? to, string? format)
    {
        if (format is not (null or "csv" or "lines"))
        {
            return new QueryFault(
                "format", format, "csv or lines", "csv has a head line; lines is InfluxDB's line protocol.")
                .ToProblem();
        }

        var isAll = device is null && signal is null;
        var (query, fault) = ReadingsQuery.Read(
            isAll ? "all" : device, isAll ? "all" : signal, from, to, limit: null, after: null);
        if (query is null)
        {
            return fault!.ToProblem();
        }

        var (point, problem) = isAll ? (null, null) : readings.Find(query.Device, query.Signal);
        problem ??= await readings.CatchUpAsync(context.RequestAborted);
        if (problem is not null)
        {
            return problem;
        }

        var (output, cancel) = (context.Response.BodyWriter, context.RequestAborted);
        context.Response.ContentType = format == "lines" ? "text/plain; charset=utf-8" : "text/csv; charset=utf-8";
        if (format != "lines")
        {
            await output.WriteAsync(ReadingsExport.CsvHead, cancel);
        }

        foreach (var one in point is null ? All() : [point])
        {
            await (format == "lines"
                ? ReadingsExport.WriteLinesAsync(
                    output, history, one, site.File.Info.Id, query.From, query.To, cancel)
                : ReadingsExport.WriteCsvAsync(output, history, one, query.From, query.To, cancel));
        }

        return Results.Empty;
    }

    /// <summary>In service and retired, by name.</summary>
    private IEnumerable<Point> All() => names.All
        .Select(point => site.Current.Find(point.Number) ?? point)
        .OrderBy(point => point.Id.Value, StringComparer.Ordinal);
}
