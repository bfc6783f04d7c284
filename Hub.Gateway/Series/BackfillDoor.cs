namespace Hub.Gateway.Series;

/// <summary>A backfill over HTTP: begun, and asked how far it is.</summary>
internal sealed class BackfillDoor(ReadingsDoor readings, IServiceProvider services)
{
    // A hub without an InfluxDB has nowhere to send anything.
    private readonly SeriesBackfill? _backfill = services.GetService<SeriesBackfill>();

    public IResult Status() => _backfill is { } backfill ? Results.Json(backfill.Status) : NoInflux();

    public async Task<IResult> BeginAsync(HttpContext context, string? from, string? to)
    {
        if (_backfill is null)
        {
            return NoInflux();
        }

        var (query, fault) = ReadingsQuery.Read("all", "all", from, to, limit: null, after: null);
        if (query is null)
        {
            return fault!.ToProblem();
        }

        if (await readings.CatchUpAsync(context.RequestAborted) is { } behind)
        {
            return behind;
        }

        return _backfill.Begin(query.From, query.To)
            ? Results.Json(_backfill.Status, statusCode: StatusCodes.Status202Accepted)
            : Results.Problem(
                statusCode: StatusCodes.Status409Conflict,
                title: "A backfill is under way.",
                detail: "Wait until it is done; GET says how far it is.");
    }

    private static IResult NoInflux() => Results.Problem(
        statusCode: StatusCodes.Status404NotFound,
        title: "This hub has no InfluxDB.",
        detail: "BUILDINGHUB__INFLUX__URL in its environment says where one is.");
}
