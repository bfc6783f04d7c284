using Hub.Gateway.Attach;
using Hub.Gateway.Broker;
using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;

namespace Hub.Gateway.Ingest;

public static class IngestSetup
{
    public static WebApplicationBuilder AddIngest(this WebApplicationBuilder builder) =>
        builder.AddIngest(new IngestOptions());

    public static WebApplicationBuilder AddIngest(this WebApplicationBuilder builder, IngestOptions ingest)
    {
        builder.Services.AddSingleton(ingest);
        builder.Services.AddSingleton<IngestService>();
        builder.Services.AddSingleton<IIntake>(services => services.GetRequiredService<IngestService>());
        builder.Services.AddSingleton<LossLedger>();
        builder.Services.AddHostedService<WatermarkKeeper>();
        builder.Services.AddHostedService<AdapterDownlink>();
        builder.Services.AddHostedService<ResendService>();
        return builder;
    }

    /// <summary>GET /api/v1/status: how far the journal is, who lags, what was counted, who is connected.</summary>
    public static WebApplication MapIngest(this WebApplication app)
    {
        app.MapGet(
            "/api/v1/status",
            (JournalLog journal, DatabaseBook books, IngestService ingest, MqttBroker broker) =>
                Status(journal, books, ingest, broker, app.Services.GetService<AttachLink>()));
        app.MapGet("/api/v1/losses", Losses)
            .WithTags("ingest")
            .WithSummary("Readings that edges have counted and the hub has not got: each gap, and each day's sum.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json");
        return app;
    }

    private static object Status(
        JournalLog journal, DatabaseBook books, IngestService ingest, MqttBroker broker, AttachLink? attach)
    {
        return new
        {
            Journal = new
            {
                First = journal.First.Value,
                Tail = journal.Tail.Value,
                journal.BytesUsed,
                journal.Commits,
                journal.DamagedRows,
                Disk = new
                {
                    journal.Room.FreeBytes,
                    journal.Room.IsHeld,
                    HeldSeconds = journal.Room.HeldFor.TotalSeconds,
                },
                LastCheck = journal.LastCheck is var (at, found)
                    ? new { At = at, found.Rows, found.DamagedRows, found.MissingRows }
                    : null,
                Recovery = journal.Recovery is { WasDamaged: true } recovery
                    ? new { recovery.Fault, recovery.PutAsidePath, recovery.RowsSaved, recovery.RowsLost }
                    : null,
                Failure = journal.Failure?.Message,
                Followers = journal.Followers.Select(follower => new
                {
                    follower.Name,
                    Cursor = follower.Cursor.Value,
                    follower.Lag,
                }),
            },
            Databases = new { books.Faults, books.Recoveries },
            Ingest = ingest.Count(broker.Counters.Acknowledged + (attach?.Acknowledged ?? 0)),
            Broker = new
            {
                Connections = broker.ConnectionCount,
                Sessions = broker.SessionCount,
                Retained = broker.RetainedCount,
                broker.Counters.Received,
                broker.Counters.Delivered,
                broker.Counters.Dropped,
                broker.Counters.Refused,
                broker.Counters.NotRetained,
                broker.Counters.Slowed,
            },
            Attach = attach?.Status,
        };
    }

    /// <summary>At most a thousand gaps, the newest first; the sums are of all.</summary>
    private static object Losses(LossLedger losses, SiteBook site, string? edge)
    {
        const int itemsMax = 1_000;
        var gaps = losses.Gaps(edge);
        var (refilled, givenUp) = losses.Totals;
        return new
        {
            Missing = gaps.Sum(gap => gap.Missing),
            Refilled = refilled,
            GivenUp = givenUp,
            Days = from gap in gaps
                   group gap by (gap.Edge, Day: DayOf(gap.Before)) into day
                   orderby day.Key.Day descending, day.Key.Edge
                   select new
                   {
                       day.Key.Edge,
                       day.Key.Day,
                       Missing = day.Sum(gap => gap.Missing),
                   },
            Items = gaps.OrderByDescending(gap => gap.Before).Take(itemsMax),
            Filled = losses.Filled(edge).OrderByDescending(gap => gap.Before).Take(itemsMax),
        };

        // The site's day in which a gap ended.
        DateOnly? DayOf(DateTimeOffset? at) =>
            at is { } instant ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, site.Zone).DateTime) : null;
    }
}
