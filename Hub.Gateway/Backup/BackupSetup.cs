using System.Text.Json;

namespace Hub.Gateway.Backup;

public static partial class BackupSetup
{
    /// <summary>A hub that goes on from a backup says so at its start, and on <c>/api/v1/backup</c>.</summary>
    public static WebApplication MapBackup(this WebApplication app)
    {
        var path = Path.Combine(
            app.Services.GetRequiredService<HubOptions>().DataFolder, BackupReader.RestoredName);
        JsonElement? restored = File.Exists(path) ? JsonElement.Parse(File.ReadAllBytes(path)) : null;
        if (restored is { } mark)
        {
            Restored(
                app.Logger, mark.GetProperty("BegunAt").GetDateTimeOffset(),
                mark.GetProperty("RestoredAt").GetDateTimeOffset());
        }

        app.MapGet("/api/v1/backup", () => Results.Json(new
        {
            restored = restored is { } from
                ? new
                {
                    begunAt = from.GetProperty("BegunAt"),
                    restoredAt = from.GetProperty("RestoredAt"),
                    journalTail = from.GetProperty("JournalTail"),
                }
                : null,
        }))
            .WithTags("backup")
            .WithSummary("Which backup this hub was restored from; null if from none.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json");
        return app;
    }

    [LoggerMessage(
        3901, LogLevel.Warning,
        "This hub was restored at {RestoredAt} from a backup of {BegunAt}: what was acknowledged in between is not "
        + "here. Each edge's next message shows what is missing of it.")]
    private static partial void Restored(ILogger logger, DateTimeOffset begunAt, DateTimeOffset restoredAt);
}
