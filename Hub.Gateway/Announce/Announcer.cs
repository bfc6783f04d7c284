using System.Text;
using Hub.Gateway.Broker;
using Hub.Gateway.Series;
using Hub.Gateway.Site;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Announce;

/// <summary>
/// Keeps what Home Assistant sees in step with the site: announces points, takes back those that must not be seen (any
/// more), and tells new values. All of it is retained, so a Home Assistant that comes later sees it too. One caller.
/// </summary>
internal sealed class Announcer(SiteBook site, HistoryStore history, IDownlink downlink, AnnounceOptions options)
{
    private readonly Dictionary<int, (PointAnnouncement Announcement, string Value)> _told = [];
    private SiteSnapshot? _site;
    private HomeAssistantOutlet? _outlet;
    private long _toldAt;

    /// <summary>Does what is due now.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        var (current, outlet) = (site.Current, site.File.HomeAssistant);
        if (outlet != _outlet)
        {
            await TakeBackAsync([.. _told.Values.Select(told => told.Announcement)], cancel);
            (_outlet, _site) = (outlet, null);
        }

        if (outlet is null)
        {
            return;
        }

        if (!ReferenceEquals(current, _site))
        {
            await AnnounceAsync(current, outlet, cancel);
            _site = current;
            _toldAt = 0;
        }

        if (_toldAt == 0 || options.Clock.GetElapsedTime(_toldAt) >= outlet.Every)
        {
            _toldAt = options.Clock.GetTimestamp();
            await TellAsync(cancel);
        }
    }

    private async Task AnnounceAsync(SiteSnapshot current, HomeAssistantOutlet outlet, CancellationToken cancel)
    {
        var siteId = site.File.Info.Id;
        var wanted = current.Points.Values.OrderBy(point => point.Number.Value)
            .Select(point => PointAnnouncement.Of(point, current.SpaceOf(point), siteId, outlet.Prefix))
            .OfType<PointAnnouncement>().Take(options.PointsMax).ToDictionary(one => one.Point.Value);

        // What was told before this start is not known: so at first every other point is taken back.
        var others = _site is null
            ? current.Points.Values.Where(point => !wanted.ContainsKey(point.Number.Value))
                .Select(point => PointAnnouncement.TopicsOf(
                    point.Number, siteId, outlet.Prefix, Signal.Of(point.Signal).Kind == SignalKind.Contact))
            : _told.Values.Select(told => told.Announcement).Where(told => !wanted.ContainsKey(told.Point.Value));
        await TakeBackAsync([.. others], cancel);

        foreach (var (number, announcement) in wanted)
        {
            var isKnown = _told.TryGetValue(number, out var told);
            if (!isKnown || !told.Announcement.Config.AsSpan().SequenceEqual(announcement.Config))
            {
                await downlink.PublishAsync(announcement.ConfigTopic, announcement.Config, retain: true, cancel);
                _told[number] = (announcement, isKnown ? told.Value : "");
            }
        }
    }

    private async Task TellAsync(CancellationToken cancel)
    {
        foreach (var (number, (announcement, before)) in _told.ToList())
        {
            if (history.Latest(announcement.Point) is { } latest && PointAnnouncement.Text(latest.Value) is var value
                && value != before)
            {
                await downlink.PublishAsync(
                    announcement.StateTopic, Encoding.UTF8.GetBytes(value), retain: true, cancel);
                _told[number] = (announcement, value);
            }
        }
    }

    /// <summary>An empty retained message forgets its topic; to Home Assistant the entity is gone.</summary>
    private async Task TakeBackAsync(IReadOnlyList<PointAnnouncement> gone, CancellationToken cancel)
    {
        foreach (var announcement in gone)
        {
            await downlink.PublishAsync(announcement.ConfigTopic, default, retain: true, cancel);
            await downlink.PublishAsync(announcement.StateTopic, default, retain: true, cancel);
            _told.Remove(announcement.Point.Value);
        }
    }
}
