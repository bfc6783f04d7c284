using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;

namespace Hub.Gateway.Notify;

/// <summary>One way to reach people, and whom of what and when.</summary>
/// <param name="Id">Its name in the file, in messages and in the delivery log.</param>
/// <param name="Kind">How it speaks.</param>
/// <param name="Line">The line of the file it stands on.</param>
public sealed record Channel(string Id, ChannelKind Kind, int Line = 0)
{
    /// <summary>Messages a minute that a robot's service takes; documented by WeCom and DingTalk as 20.</summary>
    public const int RobotPerMinute = 20;

    /// <summary>Where it posts to; null for mail and MQTT.</summary>
    public Uri? Url { get; init; }

    /// <summary>Signs what it posts; null where the receiver does not ask for it.</summary>
    public string? Secret { get; init; }

    /// <summary>Who reads its letters.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>The person of the roster whose own it is; null for one that many read.</summary>
    public string? Person { get; init; }

    /// <summary>The roles it reaches; empty for everybody.</summary>
    public IReadOnlySet<string> Tells { get; init; } = new HashSet<string>();

    public IReadOnlySet<NoticeKind> About { get; init; } = new HashSet<NoticeKind>(Enum.GetValues<NoticeKind>());

    /// <summary>The spaces it hears of, such as <c>b1-*</c>; empty for all.</summary>
    public IReadOnlyList<string> Spaces { get; init; } = [];

    /// <summary>Outside them it stays silent.</summary>
    public LobbyHours Hours { get; init; } = new(TimeOnly.MinValue, TimeOnly.MinValue);

    /// <summary>The language of its messages; empty for the person's own.</summary>
    public string Language { get; init; } = SiteInfo.Default.Language;

    /// <summary>A call that old, and still not accepted, comes here too: a second channel by age.</summary>
    public TimeSpan After { get; init; }

    /// <summary>More than that a minute wait, and are said together where the channel is for people.</summary>
    public int PerMinuteMax { get; init; } = RobotPerMinute;

    /// <summary>
    /// People read it: what is over before it was sent is not sent, and what waits is said in one message. A program
    /// gets everything, one by one.
    /// </summary>
    public bool IsForPeople => Kind is not (ChannelKind.Webhook or ChannelKind.Mqtt);

    /// <summary>Where it goes, without what in the address is secret.</summary>
    public string Where => Kind switch
    {
        ChannelKind.Mail => $"{Addresses.Count} addresses",
        ChannelKind.Mqtt => Topic,
        _ => Url?.Host ?? "",
    };

    /// <summary>Its topic on the hub's own broker.</summary>
    public string Topic => $"hub/1/notices/{Id}";

    /// <summary>Whether a notice goes this way at all.</summary>
    /// <param name="notice">What somebody is to be told.</param>
    /// <param name="spaceId">Where it is about.</param>
    /// <param name="zone">The site's clocks.</param>
    public bool Carries(Notice notice, string spaceId, TimeZoneInfo zone) =>
        notice.Person == Person
        && (Tells.Count == 0 || Tells.Contains(notice.To))
        && About.Contains(notice.Kind)
        && (Spaces.Count == 0 || Spaces.Any(pattern => Matches(pattern, spaceId)))
        && IsOpen(notice.At, zone);

    /// <summary>Whether an instant is within its hours.</summary>
    public bool IsOpen(DateTimeOffset at, TimeZoneInfo zone) =>
        Hours.Covers(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime));

    private static bool Matches(string pattern, string spaceId) => pattern.EndsWith('*')
        ? spaceId.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : spaceId == pattern;
}
