using Hub.Gateway.Roster;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Notify;

/// <summary>Who is told by which channel, when, and when no longer. Pure.</summary>
public static class DeliveryPlan
{
    /// <summary>Which channels carry a notice, and from when on.</summary>
    /// <param name="notice">What somebody is to be told.</param>
    /// <param name="spaceId">Where it is about.</param>
    /// <param name="channels">All there are.</param>
    /// <param name="zone">The site's clocks.</param>
    /// <param name="person">Whom it is for, where that is one person of the roster.</param>
    /// <param name="isUrgent">It is an emergency: quiet hours don't count, nor do pauses of everything.</param>
    /// <param name="pauses">Which channels are silent; null for none.</param>
    public static IEnumerable<(Channel Channel, DateTimeOffset From)> For(
        Notice notice, string spaceId, IEnumerable<Channel> channels, TimeZoneInfo zone, Person? person = null,
        bool isUrgent = false, Pauses? pauses = null)
    {
        // Who is called in quiet hours is meant to be woken; what only informs waits until they are over.
        var first = FirstAt(notice);
        var wakes = IsCall(notice.Kind) || isUrgent;
        var at = wakes || person is null ? first : person.QuietUntil(first, zone);
        var all = channels.Where(channel => channel.Carries(notice, spaceId, zone)).ToList();
        var open = all.Where(channel => Until(channel) is null).ToList();
        if (open.Count == 0)
        {
            // Nothing is lost by a pause: what only informs waits for its end, and whoever is called nevertheless is
            // called because it is an emergency, or because nobody else is left.
            return all.Select(channel =>
                (channel, !wakes && Until(channel) is { } end && end > at ? end : Begin(channel)));
        }

        // The next in the person's order of preference takes the place of one that is paused.
        var sooner = open.Min(channel => channel.After) - all.Min(channel => channel.After);
        return open.Select(channel => (channel, Begin(channel) - (notice.Kind == NoticeKind.Call ? sooner : default)));

        DateTimeOffset Begin(Channel channel) => notice.Kind == NoticeKind.Call ? at + channel.After : at;

        DateTimeOffset? Until(Channel channel) => pauses?.Until(channel.Id, notice.At);
    }

    /// <summary>What it would tell of has been taken back.</summary>
    public static bool IsUndone(Notice notice, WorkOrder order) => order.Undone.Contains(notice.At);

    /// <summary>Nobody needs to hear it any more, so people are spared it.</summary>
    /// <param name="notice">What they would be told.</param>
    /// <param name="order">The order as it is now; null if it is gone.</param>
    public static bool IsStale(Notice notice, WorkOrder? order) => order is null || notice.Kind switch
    {
        NoticeKind.Call or NoticeKind.Unreached => !order.IsOpen || order.AcceptedBy is not null,
        NoticeKind.DueSoon => !order.Clocks.Any(clock => clock.Kind == notice.Clock && clock.IsRunning),
        _ => false,
    };

    /// <summary>Of what a person did nobody is told as long as it may be undone.</summary>
    private static DateTimeOffset FirstAt(Notice notice) =>
        notice.Kind is NoticeKind.Taken or NoticeKind.Over ? notice.At + OrderPolicy.UndoFor : notice.At;

    /// <summary>What rings goes before what only informs.</summary>
    public static int Rank(NoticeKind kind) => kind switch
    {
        NoticeKind.Call or NoticeKind.Unreached => 0,
        NoticeKind.Breach or NoticeKind.Upward => 1,
        NoticeKind.DueSoon => 2,
        _ => 3,
    };

    private static bool IsCall(NoticeKind kind) => kind is NoticeKind.Call or NoticeKind.Unreached;
}
