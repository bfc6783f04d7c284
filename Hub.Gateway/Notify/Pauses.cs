using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Notify;

/// <summary>Which channels are paused, and who is still because of it. Pure.</summary>
/// <param name="Channels">All there are.</param>
/// <param name="All">The pauses, whether they hold or not.</param>
/// <param name="Zone">The site's clocks.</param>
public sealed record Pauses(
    IReadOnlyList<Channel> Channels, IReadOnlyList<ChannelPause> All, TimeZoneInfo Zone)
{
    public static readonly Pauses None = new([], [], TimeZoneInfo.Utc);

    /// <summary>Until when a channel is paused then; null if it isn't.</summary>
    public DateTimeOffset? Until(string channel, DateTimeOffset at) =>
        All.LastOrDefault(pause => pause.Channel == channel && pause.Holds(at))?.To;

    /// <summary>
    /// Whether everything that would ring for somebody then is paused. Whom no channel would reach anyway is not still.
    /// </summary>
    public bool IsStill(string person, DateTimeOffset at)
    {
        if (All.Count == 0)
        {
            return false;
        }

        var own = Channels.Where(channel => channel.Person == person && channel.About.Contains(NoticeKind.Call)
            && channel.IsOpen(at, Zone)).ToList();
        return own.Count > 0 && own.All(channel => Until(channel.Id, at) is not null);
    }
}
