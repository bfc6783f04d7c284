using System.Globalization;
using Hub.Edge.Files;

namespace Hub.Edge.Kiosk;

/// <summary>The page's signs of life, and the cures that the machine's own service asks for.</summary>
/// <param name="heartbeat">Null where nobody looks after a browser: a demo, a page for trying.</param>
public sealed class KioskWatch(KioskHeartbeat? heartbeat, string rebootFile, TimeProvider time)
{
    /// <summary>Null where it isn't watched.</summary>
    public bool? IsShown => heartbeat?.IsShown;

    public bool IsReloadDue => heartbeat?.IsReloadDue == true;

    /// <param name="folder">Where the last restart of the machine is kept over it.</param>
    public static KioskWatch Open(string folder, KioskOptions options, TimeProvider time, TimeProvider pace)
    {
        var file = Path.Combine(folder, "kiosk.reboot");
        var isKnown = DateTimeOffset.TryParse(Kept(file),
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var rebootedAt);
        return new KioskWatch(
            options.IsWatched ? new KioskHeartbeat(pace, isKnown ? rebootedAt : null) : null, file, time);
    }

    public void Map(WebApplication app)
    {
        app.MapPost("/kiosk/beat", Beat);
        app.MapPost("/kiosk/cure", Cure);
    }

    private static string Kept(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // A disk that gives nothing; it will hardly take the next restart, which is then not told.
        }
    }

    private IResult Beat()
    {
        heartbeat?.Beat();
        return Results.NoContent();
    }

    private IResult Cure()
    {
        var now = time.GetUtcNow();
        var cure = heartbeat?.Next(now) ?? KioskCure.None;
        if (cure == KioskCure.Reboot)
        {
            // Before it is told: a machine that forgets it would start again and again.
            DurableFile.Write(rebootFile, now.ToString("O", CultureInfo.InvariantCulture));
        }

        return Results.Text(cure switch
        {
            KioskCure.Restart => "restart",
            KioskCure.Reboot => "reboot",
            _ => "none",
        });
    }
}
