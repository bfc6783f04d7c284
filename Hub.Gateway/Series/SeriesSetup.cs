using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Transport.Log;

namespace Hub.Gateway.Series;

public static class SeriesSetup
{
    public static WebApplicationBuilder AddSeries(this WebApplicationBuilder builder, HubOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(new HistoryOptions());
        services.AddSingleton(provider => Open(provider, Path.Combine(options.DataFolder, "series.db")));
        services.AddSingleton<PointNames>();
        services.AddSingleton(provider => new HistoryStore(
            provider.GetRequiredService<SeriesDb>(), provider.GetRequiredService<HistoryOptions>(), Find(provider)));
        services.AddSingleton(provider => new HistoryKeeper(
            provider.GetRequiredService<SeriesDb>(), provider.GetRequiredService<HistoryOptions>(), Find(provider)));
        services.AddSingleton<OlderReadings>();
        services.AddSingleton<ReadingsDoor>();
        services.AddSingleton<ExportDoor>();
        services.AddSingleton<BackfillDoor>();
        services.AddHostedService<HistoryFollower>();
        services.AddHostedService<HistoryUpkeep>();
        services.AddSingleton<IEvidenceSource, HistoryEvidence>();
        if (options.Influx is { } influx)
        {
            services.AddSingleton(influx);
            services.AddSingleton(
                provider => new InfluxLedger(provider.GetRequiredService<SeriesDb>(), influx.ParkedMax));
            services.AddSingleton<ISeriesWriter, InfluxWriter>();
            services.AddSingleton<SeriesDelivery>();
            services.AddSingleton(provider => Backfill(provider, influx));
            services.AddHostedService(provider => provider.GetRequiredService<SeriesBackfill>());
            services.AddSingleton<ISeriesReader>(provider =>
                ActivatorUtilities.CreateInstance<InfluxReader>(provider, SiteTag(provider, influx)));
            services.AddHostedService(provider =>
                ActivatorUtilities.CreateInstance<SeriesFollower>(provider, SiteTag(provider, influx)));
        }

        return builder;
    }

    private static SeriesDb Open(IServiceProvider provider, string path)
    {
        var journal = provider.GetRequiredService<JournalLog>();
        var begins = journal.Read(new LogPosition(journal.First.Value - 1), journal.First).FirstOrDefault();
        provider.GetRequiredService<DatabaseBook>().Open(
            SeriesRescue.Of(path, begins?.CommittedAt ?? DateTimeOffset.MaxValue),
            isExpected: journal.Tail > LogPosition.Start);
        return new SeriesDb(path);
    }

    /// <summary>With a writer and a pace of its own: what comes in doesn't wait for it.</summary>
    private static SeriesBackfill Backfill(IServiceProvider provider, InfluxOptions influx)
    {
        var (book, names) = (provider.GetRequiredService<SiteBook>(), provider.GetRequiredService<PointNames>());
        return new SeriesBackfill(
            provider.GetRequiredService<HistoryStore>(),
            new SeriesDelivery(
                new InfluxWriter(influx), influx, provider.GetRequiredService<ILogger<SeriesDelivery>>()),
            influx,
            () => names.All.Select(point => book.Current.Find(point.Number) ?? point),
            SiteTag(provider, influx));
    }

    private static Func<string> SiteTag(IServiceProvider provider, InfluxOptions influx)
    {
        var book = provider.GetRequiredService<SiteBook>();
        return () => influx.Site ?? book.File.Info.Id;
    }

    /// <summary>In service as the site has it, with its meter; retired as it was last called.</summary>
    private static Func<PointNumber, Point?> Find(IServiceProvider provider)
    {
        var (book, names) = (provider.GetRequiredService<SiteBook>(), provider.GetRequiredService<PointNames>());
        return number => book.Current.Find(number) ?? names.Find(number);
    }

    /// <param name="guard">Who may have InfluxDB filled again.</param>
    public static WebApplication MapSeries(
        this WebApplication app, Action<IEndpointConventionBuilder>? guard = null)
    {
        var backfill = app.Services.GetRequiredService<BackfillDoor>();
        var begin = app.MapPost("/api/v1/series/backfill", backfill.BeginAsync)
            .WithTags("series")
            .WithSummary("Sends the history to InfluxDB again, from and to as given; beside what comes in.")
            .Produces<BackfillStatus>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        guard?.Invoke(begin);
        app.MapGet("/api/v1/series/backfill", backfill.Status)
            .WithTags("series")
            .WithSummary("How far the backfill is.")
            .Produces<BackfillStatus>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        var door = app.Services.GetRequiredService<ReadingsDoor>();
        app.MapGet("/api/v1/readings", door.ReadAsync)
            .WithTags("series")
            .WithSummary("The readings of one point in time order, in pages.")
            .WithDescription("""
                device is the device's id on the site, else its name at its edge, else the edge. from is inside, to is
                outside; limit is 1,000 unless given, at most 100,000; pass next of one page as after of the next. The
                answer has everything that was acknowledged before the request.
                """)
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        app.MapGet("/api/v1/export", app.Services.GetRequiredService<ExportDoor>().ExportAsync)
            .WithTags("series")
            .WithSummary("The readings of one point, or of all, as CSV or as InfluxDB's line protocol.")
            .WithDescription("""
                device, signal, from and to as for readings; without device and signal, every point that ever was in
                service, one after the other. format is csv (with a head line; the default) or lines.
                """)
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        app.MapGet("/api/v1/points", door.Points)
            .WithTags("series")
            .WithSummary("Every point in service.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json");
        app.MapGet("/api/v1/chart", door.ChartAsync)
            .WithTags("series")
            .WithSummary("One point as equal stretches of time, for a chart; a gap has a count of 0.")
            .WithDescription("""
                What is older than the hub's own history is asked of InfluxDB: older is influxdb where some of it is in
                the answer, unreached or unavailable where InfluxDB was not reached or could not say.
                """)
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return app;
    }
}
