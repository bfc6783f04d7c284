using System.Net;
using Hub.Edge;
using Hub.Edge.Kiosk;
using Hub.Edge.Pins;
using Hub.Edge.Sensing;
using Hub.Edge.Setup;
using Hub.Rules.Simulation;

namespace Hub.AllInOne;

/// <summary>One edge of the demo: real but for its chip, whose button line the simulator panel can press.</summary>
internal sealed class DemoEdge
{
    public const int ButtonLine = 17;

    private const string ChipName = "simulated";
    private const int LineCount = 28;

    private static readonly (int Line, string Colour)[] Lamps =
        [(22, "white"), (23, "amber"), (24, "green"), (25, "red")];

    public DemoEdge(DemoSite site, IPEndPoint mqtt, SimulatedDeviceInfo lobby, bool hasPage, ILoggerFactory loggers)
    {
        Lobby = lobby;
        Chip = new SimulatedChip(ChipName, LineCount, site.Time);
        Host = new EdgeHost(
            new EdgeOptions
            {
                Edge = lobby.Edge,
                DataFolder = Path.Combine(site.Folder, lobby.Edge),
                Hub = new HubEndpoint
                {
                    Host = mqtt.Address.ToString(),
                    Port = mqtt.Port,
                    ReconnectWaitMax = TimeSpan.FromSeconds(2),
                },
                Lines = [.. Lines(lobby.Device)],
                IsClockTrusted = true,
                // Sped-up time must not turn a commit group into minutes of the building.
                Intervals = new EdgeIntervals { Commit = TimeSpan.FromMilliseconds(200) },
                Kiosk = new KioskOptions
                {
                    IsEnabled = hasPage,
                    Endpoint = site.Kiosk,
                    Lobby = lobby.SpaceId,
                    Device = lobby.Device,
                    Building = site.Compound.Spaces.Single(space => space.Id == lobby.SpaceId).Name,
                    Hotline = "400-000-0000",
                    IsDemo = true,
                },
            },
            site.Time,
            loggers,
            _ => Chip);
    }

    public SimulatedDeviceInfo Lobby { get; }

    public SimulatedChip Chip { get; }

    public EdgeHost Host { get; }

    private static IEnumerable<LineOptions> Lines(string device) =>
        Lamps.Select(lamp => new LineOptions
        {
            Chip = ChipName,
            Line = lamp.Line,
            Kind = LineKind.Lamp,
            Device = device,
            Signal = lamp.Colour,
        }).Prepend(new LineOptions
        {
            Chip = ChipName,
            Line = ButtonLine,
            Kind = LineKind.Button,
            Device = device,
            Signal = "button.press",
        });
}
