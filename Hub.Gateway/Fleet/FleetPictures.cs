using Hub.Rules.Site;

namespace Hub.Gateway.Fleet;

/// <summary>
/// Looks at the fleet: what the site has, and what the journal has told of it. One cause is one line: devices behind an
/// edge that is offline are offline for its reason. Pure.
/// </summary>
internal static class FleetPictures
{
    private static readonly TimeSpan LearntEveryMin = TimeSpan.FromSeconds(1);

    public static FleetPicture Of(FleetFold fold, SiteSnapshot site, DateTimeOffset now)
    {
        var devices = site.Points.Values.GroupBy(point => point.DeviceId).ToLookup(group => group.First().Edge);
        var edges = devices.Select(group => group.Key).Union(fold.Edges.Keys)
            .Select(edge => OfEdge(fold, edge, devices[edge], now))
            .OrderByDescending(edge => edge.State).ThenBy(edge => edge.Id, StringComparer.Ordinal);
        var proposals = fold.Proposals
            .Where(proposal => site.Find(Point.IdOf(proposal.Edge, proposal.Device, proposal.Signal)) is null)
            .OrderByDescending(proposal => proposal.SeenAt).ThenBy(proposal => proposal.Device, StringComparer.Ordinal);
        var questions = from question in fold.Questions.Open
                        let point = site.Find(question.Point)
                        where point is not null
                        orderby question.FirstAt
                        select (point, question);
        return new FleetPicture(now, [.. edges], [.. proposals], [.. questions]);
    }

    private static EdgeHealth OfEdge(
        FleetFold fold, string id, IEnumerable<IGrouping<string, Point>> groups, DateTimeOffset now)
    {
        var trace = fold.Edges.GetValueOrDefault(id) ?? new EdgeTrace();
        var isDown = trace.IsOnline == false;
        var devices = groups.Select(points => OfDevice(fold, id, points, isDown, now))
            .OrderByDescending(device => device.State).ThenBy(device => device.Id, StringComparer.Ordinal).ToList();
        var own = fold.Devices.GetValueOrDefault(id);
        var suspicion = Suspect(trace, own, now);
        var (state, reason) = StateOf(trace, suspicion, devices);
        return new EdgeHealth(
            id, state, reason, trace.IsOnline, Instant(trace.PresenceAtTicks), Instant(trace.SeenAtTicks),
            Instant(trace.ArrivedAtTicks), own is { Backlog: >= 0 and var backlog } ? (long)backlog : null,
            trace.Readings, devices)
        {
            Suspicion = state == HealthState.Suspect ? suspicion : null,
        };
    }

    private static Suspicion? Suspect(EdgeTrace trace, DeviceTrace? own, DateTimeOffset now) =>
        own is not null && HealthRule.Suspect(own, now) is { } suspicion ? suspicion
        : trace.ImpossibleAtTicks > 0 && now.UtcTicks - trace.ImpossibleAtTicks < HealthRule.FaultFor.Ticks
            ? new Suspicion(SuspicionKind.Impossible)
        : null;

    private static (HealthState State, string? Reason) StateOf(
        EdgeTrace trace, Suspicion? suspicion, List<DeviceHealth> devices)
    {
        if (trace.IsOnline == false)
        {
            return (HealthState.Offline, "It said goodbye, or its connection broke.");
        }

        if (suspicion is not null)
        {
            return (HealthState.Suspect, suspicion.Sentence);
        }

        // One that never says hello is as well as the best of what it reports.
        var reporting = devices.Where(device => device.SeenAt is not null).ToList();
        var best = reporting.Count > 0 ? reporting.Min(device => device.State) : HealthState.Ok;
        return trace.IsOnline == true || trace.ArrivedAtTicks > 0 && best < HealthState.Late ? (HealthState.Ok, null)
            : trace.ArrivedAtTicks == 0 ? (HealthState.Never, "It has not reported yet.")
            : (best, "All its devices are silent.");
    }

    private static DeviceHealth OfDevice(
        FleetFold fold, string edge, IGrouping<string, Point> points, bool isEdgeDown, DateTimeOffset now)
    {
        var trace = fold.Devices.GetValueOrDefault(points.Key) ?? new DeviceTrace();
        var configured = points.Min(point => point.Every);
        var every = configured ?? Learnt(fold, points);
        var (state, reason) = HealthRule.OfSilence(trace.SeenAtTicks, every, now);
        var suspicion = state == HealthState.Ok && !isEdgeDown ? HealthRule.Suspect(trace, now) : null;
        if (isEdgeDown)
        {
            (state, reason) = (HealthState.Offline, $"Its edge {edge} is offline.");
        }
        else if (suspicion is not null)
        {
            (state, reason) = (HealthState.Suspect, suspicion.Sentence);
        }

        return new DeviceHealth(
            points.Key, edge, points.First().SpaceId,
            [.. points.Select(point => point.Signal).Order(StringComparer.Ordinal)],
            state, reason, Instant(trace.SeenAtTicks), Instant(trace.ArrivedAtTicks), every,
            configured is null && every is not null, trace.Readings, isEdgeDown)
        {
            Suspicion = suspicion,
        };
    }

    private static TimeSpan? Learnt(FleetFold fold, IEnumerable<Point> points) =>
        points.Min(point => fold.PaceOf(point.Number)?.Every) is { } every
            ? every > LearntEveryMin ? every : LearntEveryMin
            : null;

    private static DateTimeOffset? Instant(long ticks) => ticks > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
}
