using System.Globalization;
using Hub.Gateway;
using Hub.Gateway.Ingest;
using Hub.Gateway.Live;
using Hub.Gateway.Roster;
using Hub.Gateway.Web.Tour;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Simulation;

namespace Hub.AllInOne;

/// <summary>
/// The simulated compound, lived through real edges: what its devices report goes into real outboxes and over MQTT, and
/// the lobby's button is a line of a simulated chip. The simulator panel acts through it.
/// </summary>
internal sealed class DemoCompound(
    DemoSite site, HubOptions hub, OrderDesk desk, RosterBook roster, DemoFacilities facilities, IngestService ingest,
    LiveFeed feed, ILoggerFactory loggers)
    : BackgroundService, IDemoControl
{
    private const double LeakLitresPerHour = 90;

    private static readonly TimeSpan StepEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Slice = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DemoEdge> _edges = [];
    private readonly ReadingRate _rate = new(TimeProvider.System);

    // While set, time runs fast until an order is open on this space, and then as before.
    private (string Space, int SpeedAfter)? _awaited;

    public DemoState State
    {
        get
        {
            var accepted = ingest.Count(acknowledged: 0).Accepted;
            lock (_gate)
            {
                return new DemoState(
                    (int)site.Time.Speed, accepted, _rate.PerSecond(accepted),
                    [.. site.Compound.Active.Select(Show)],
                    [.. _edges.Where(edge => edge.Value.Host.IsCut).Select(edge => edge.Key)]);
            }
        }
    }

    public Task<string?> DoAsync(string action, string? argument, CancellationToken cancel)
    {
        string? refusal;
        lock (_gate)
        {
            try
            {
                refusal = Do_NeedsLock(action, argument ?? "");
            }
            catch (ArgumentException e)
            {
                refusal = e.Message;
            }
        }

        feed.Publish("demo", action);
        return Task.FromResult(refusal);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sheet = await roster.ImportAsync(DemoRoster.Tables, "hub", stoppingToken);
        if (!sheet.IsGood)
        {
            throw new InvalidOperationException(sheet.ToString());
        }

        await facilities.WriteAsync(stoppingToken);
        await OpenEdgesAsync(stoppingToken);
        try
        {
            for (var at = site.Compound.Now + Slice; at < site.Time.GetUtcNow(); at += Slice)
            {
                Live(at);
                foreach (var edge in _edges.Values)
                {
                    edge.Host.CommitWaiting();
                }
            }

            using var step = new PeriodicTimer(StepEvery);
            while (await step.WaitForNextTickAsync(stoppingToken))
            {
                Live(site.Time.GetUtcNow());
            }
        }
        finally
        {
            foreach (var edge in _edges.Values)
            {
                await edge.Host.StopAsync(CancellationToken.None);
            }
        }
    }

    private async Task OpenEdgesAsync(CancellationToken stopping)
    {
        // The kiosk page is the first lobby's: the one whose button the panel presses.
        var lobbies = site.Compound.Devices.Where(device => device.Kind == SimulatedDeviceKind.Kiosk).ToList();
        foreach (var name in site.Compound.Devices.Select(device => device.Edge).Distinct())
        {
            var lobby = lobbies.Single(device => device.Edge == name);
            var edge = new DemoEdge(site, hub.Mqtt, lobby, hasPage: lobby == lobbies[0], loggers);
            lock (_gate)
            {
                _edges.Add(name, edge);
            }

            await edge.Host.StartAsync(stopping);
        }
    }

    private void Live(DateTimeOffset at)
    {
        lock (_gate)
        {
            foreach (var sample in site.Compound.StepTo(at))
            {
                _edges[sample.Edge].Host.Report(sample.Device, sample.Signal, sample.Value, sample.At);
            }

            if (_awaited is { } awaited && desk.OpenOrders.Any(order => order.SpaceId == awaited.Space))
            {
                _awaited = null;
                site.Time.RunAt(awaited.SpeedAfter);
                feed.Publish("demo", DemoActions.Speed);
            }
        }
    }

    private string? Do_NeedsLock(string action, string argument)
    {
        var now = site.Time.GetUtcNow();
        switch (action)
        {
            case DemoActions.Speed when argument is "1" or "60" or "600":
                _awaited = null;
                site.Time.RunAt(int.Parse(argument, CultureInfo.InvariantCulture));
                return null;
            case DemoActions.Press:
                return PressAt(argument);
            case DemoActions.Leak:
                site.Compound.Inject(new SimulatedFault.Leak(argument, LeakLitresPerHour), now);
                Hurry_NeedsLock(argument);
                return null;
            case DemoActions.Door:
                site.Compound.Inject(new SimulatedFault.DoorLeftOpen(argument), now);
                Hurry_NeedsLock(argument);
                return null;
            case DemoActions.Intrusion:
                site.Compound.Inject(new SimulatedFault.Intrusion(argument), now);
                Hurry_NeedsLock(argument);
                return null;
            case DemoActions.Heal when int.TryParse(argument, CultureInfo.InvariantCulture, out var fault):
                return site.Compound.Heal(fault, now) ? null : "That has ended already.";
            case DemoActions.Cut:
                Edge(argument)?.Host.Cut();
                return null;
            case DemoActions.Mend:
                foreach (var edge in _edges.Where(edge => argument.Length == 0 || edge.Key == argument))
                {
                    edge.Value.Host.Mend();
                }

                return null;
            default:
                return $"The simulator doesn't know '{action} {argument}'.";
        }
    }

    /// <summary>A leak shows after minutes, not at once: the night runs at ×60 until it has become an order.</summary>
    private void Hurry_NeedsLock(string space)
    {
        if (site.Time.Speed < 60)
        {
            _awaited = (space, (int)site.Time.Speed);
            site.Time.RunAt(60);
        }
    }

    private string? PressAt(string lobby)
    {
        var edge = _edges.Values.FirstOrDefault(edge => edge.Lobby.SpaceId == lobby);
        edge?.Chip.Press(DemoEdge.ButtonLine);
        return edge is null ? $"There is no lobby '{lobby}'." : null;
    }

    private DemoEdge? Edge(string name) =>
        name.Length == 0 ? _edges.Values.FirstOrDefault() : _edges.GetValueOrDefault(name);

    private static DemoFault Show(ActiveFault active)
    {
        var (kind, place) = active.Fault switch
        {
            SimulatedFault.Leak leak => ("leak", leak.Space),
            SimulatedFault.Burst burst => ("burst", burst.Space),
            SimulatedFault.DoorLeftOpen door => ("door", door.Space),
            SimulatedFault.Intrusion intrusion => ("intrusion", intrusion.Space),
            SimulatedFault.StandbyLoad load => ("standby", load.Space),
            SimulatedFault.StuckMeter meter => ("stuck", meter.DeviceId),
            SimulatedFault.SilentDevice silent => ("silent", silent.DeviceId),
            SimulatedFault.DriftedClock clock => ("clock", clock.Edge),
            SimulatedFault.PumpShortCycling pump => ("pump", pump.Space),
            _ => throw new InvalidOperationException($"Unknown fault {active.Fault}."),
        };
        return new DemoFault(active.Number.ToString(CultureInfo.InvariantCulture), kind, place, active.From);
    }
}
