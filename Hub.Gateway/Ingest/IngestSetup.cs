using Hub.Gateway.Attach;
using Hub.Gateway.Broker;
using Hub.Gateway.Journal;

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
        builder.Services.AddHostedService<WatermarkKeeper>();
        builder.Services.AddHostedService<AdapterDownlink>();
        return builder;
    }

    /// <summary>GET /api/v1/status: how far the journal is, who lags, what was counted, who is connected.</summary>
    public static WebApplication MapIngest(this WebApplication app)
    {
        var attach = app.Services.GetService<AttachLink>();
        app.MapGet("/api/v1/status", (JournalLog journal, IngestService ingest, MqttBroker broker) => new
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
        });
        return app;
    }
}
