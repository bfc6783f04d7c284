using Hub.Gateway.Fleet;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Web.Devices;

/// <summary>Makes the page of everything that reports.</summary>
public sealed class FleetMaker(
    IPremises premises, WebOptions options, DevicesOfSite devices, IServiceProvider services)
{
    private readonly FleetBook? _book = services.GetService<FleetBook>();

    public async Task<FleetView> MakeAsync(
        Frame frame, CancellationToken cancel, string? trouble = null, string? done = null)
    {
        var site = premises.Current;
        var picture = _book?.Look();
        var aside = _book is null ? null : await _book.SetAsideAsync(options.SetAsideMax, null, cancel);
        return new FleetView(
            picture is null ? devices.Edges(frame.Now) : [.. picture.Edges.Select(Edge)],
            [.. (picture?.Proposals ?? []).Take(options.ProposalsMax).Select(proposal => new ProposalView(
                proposal.Edge, proposal.Device, proposal.Signal, About(proposal), proposal.Messages, proposal.SeenAt))],
            [.. (picture?.Questions ?? []).Take(options.ProposalsMax)
                .Select(asked => Question(asked.Point, asked.Question))],
            [.. (aside?.Items ?? []).Select(message => new SetAsideView(
                message.Number, message.At, message.Source, message.Topic, message.Kind.ToString(), message.Reason,
                message.Preview, message.Released))],
            aside?.Count ?? 0,
            [.. site.Spaces.Values.OrderBy(space => space.Id, StringComparer.Ordinal)
                .Select(space => (space.Id, space.Name))],
            frame.Visitor!.Is(Roles.Commissioners), trouble, done);
    }

    private static IReadOnlyList<string> About(Proposal proposal) =>
    [
        .. new[] { proposal.Name, proposal.Model, proposal.Class, proposal.Unit }
            .Where(text => text.Length > 0 && text != proposal.Device),
    ];

    private UnitQuestionView Question(Point point, UnitQuestion asked)
    {
        var signal = Signal.Of(point.Signal);
        var before = point.Sent?.Unit ?? "";
        return new UnitQuestionView(
            point.Number.Value, point.Id.Value, premises.Current.SpaceOf(point)?.Name ?? point.SpaceId, before,
            asked.Unit, signal.Unit.Length > 0 ? signal.Unit : before, signal.Kind == SignalKind.Register,
            asked.Readings, asked.FirstAt, asked.First, asked.Last);
    }

    private EdgeView Edge(EdgeHealth edge) => new(
        edge.Id, WordOf(edge.State), edge.Suspicion, edge.Since, edge.SeenAt, edge.Backlog,
        edge.Readings,
        [.. edge.Devices.Take(options.DevicesMax).Select(Device)])
    {
        Config = edge.Config,
    };

    private DeviceView Device(DeviceHealth device) => new(
        device.Id, premises.Current.Spaces.GetValueOrDefault(device.SpaceId)?.Name ?? device.SpaceId, device.Signals,
        WordOf(device.State), device.Suspicion, device.SeenAt,
        device.ArrivedAt, device.Every, device.Readings);

    private static string WordOf(HealthState state) => state switch
    {
        HealthState.Ok => "ok",
        HealthState.Never => "never",
        HealthState.Suspect => "suspect",
        HealthState.Late => "late",
        _ => "offline",
    };
}
