using Hub.Rules.Files;
using Hub.Rules.Site;

namespace Hub.Gateway.Roster;

/// <summary>Somebody who works here. Names and numbers are for the staff's pages: orders and logs have ids.</summary>
/// <param name="Id">Stable, as it stands in an order's history: <c>butler-07</c>.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Role">One of <see cref="RosterRoles"/>: the capacity in which the person's shifts are worked.</param>
/// <param name="Language">The language of messages; empty for the channel's own.</param>
/// <param name="Phone">A number to call; empty without one.</param>
/// <param name="Quiet">When only emergencies come through, on the site's clocks; null for never.</param>
public sealed record Person(
    string Id, string Name, string Role, string Language = "", string Phone = "", LobbyHours? Quiet = null)
{
    /// <summary>Whether it is the person's quiet time then.</summary>
    public bool IsQuiet(DateTimeOffset at, TimeZoneInfo zone) =>
        Quiet is { } quiet && quiet.Covers(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime));

    /// <summary>When the quiet time of then ends; <paramref name="at"/> itself outside it.</summary>
    public DateTimeOffset QuietUntil(DateTimeOffset at, TimeZoneInfo zone)
    {
        if (!IsQuiet(at, zone))
        {
            return at;
        }

        var wall = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var end = wall.Date + Quiet!.Value.To.ToTimeSpan();
        return WallClock.Instant(end > wall ? end : end.AddDays(1), zone);
    }
}
