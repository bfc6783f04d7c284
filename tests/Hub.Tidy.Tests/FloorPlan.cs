namespace Hub.Tidy.Tests;

/// <summary>Which room may use which: lowest floor first, each with the rooms below it that the flow leads through.</summary>
internal static class FloorPlan
{
    public static readonly IReadOnlyDictionary<string, string[]> Rooms = new Dictionary<string, string[]>
    {
        // What is wrong: pure.
        ["Hub.Rules.Files"] = [],
        ["Hub.Rules.Readings"] = [],
        ["Hub.Rules.Site"] = ["Hub.Rules.Files", "Hub.Rules.Readings"],
        ["Hub.Rules.Alarms"] = ["Hub.Rules.Readings"],
        ["Hub.Rules.Conditions"] = ["Hub.Rules.Readings", "Hub.Rules.Site"],
        ["Hub.Rules.Packs"] = ["Hub.Rules.Alarms", "Hub.Rules.Files", "Hub.Rules.Readings", "Hub.Rules.Site"],
        ["Hub.Rules.Detectors"] =
        [
            "Hub.Rules.Alarms", "Hub.Rules.Conditions", "Hub.Rules.Packs", "Hub.Rules.Readings", "Hub.Rules.Site",
        ],
        ["Hub.Rules.Engine"] =
        [
            "Hub.Rules.Alarms", "Hub.Rules.Conditions", "Hub.Rules.Detectors", "Hub.Rules.Packs", "Hub.Rules.Readings",
            "Hub.Rules.Site",
        ],
        ["Hub.Rules.Backtest"] =
        [
            "Hub.Rules.Alarms", "Hub.Rules.Engine", "Hub.Rules.Files", "Hub.Rules.Packs", "Hub.Rules.Readings",
            "Hub.Rules.Site",
        ],
        // A pack's stories, with what must be said to them.
        ["Hub.Rules.Trials"] =
        [
            "Hub.Rules.Alarms", "Hub.Rules.Engine", "Hub.Rules.Files", "Hub.Rules.Packs", "Hub.Rules.Readings",
            "Hub.Rules.Site",
        ],
        ["Hub.Rules.Simulation"] = ["Hub.Rules.Readings", "Hub.Rules.Site"],

        // From one machine to another.
        ["Hub.Transport.Log"] = [],
        ["Hub.Transport.Mqtt"] = [],
        ["Hub.Transport.Messages"] = [],

        // The Raspberry Pi: from the pin to the wire, and the screen in the lobby.
        ["Hub.Edge.Files"] = [],
        ["Hub.Edge.Pins"] = [],
        ["Hub.Edge.Sensing"] = ["Hub.Edge.Pins"],
        // A value that is asked for: worth telling, impossible, or not to be had.
        ["Hub.Edge.Sampling"] = ["Hub.Edge.Sensing"],
        ["Hub.Edge.Sysfs"] = ["Hub.Edge.Sampling", "Hub.Edge.Sensing"],
        ["Hub.Edge.Modbus"] = ["Hub.Edge.Pins", "Hub.Edge.Sampling", "Hub.Edge.Sensing"],
        ["Hub.Edge.Outbox"] = ["Hub.Transport.Log"],
        ["Hub.Edge.Health"] = ["Hub.Edge.Outbox"],
        ["Hub.Edge.Kiosk"] = ["Hub.Edge.Files", "Hub.Edge.Outbox", "Hub.Edge.Sensing", "Hub.Transport.Messages"],
        // Whether it lives, and what it starts with.
        ["Hub.Edge.Supervision"] = ["Hub.Edge.Files"],
        // The next version, signed, beside the one that runs.
        ["Hub.Edge.Update"] = ["Hub.Edge.Files"],
        ["Hub.Edge.Setup"] =
        [
            "Hub.Edge.Files", "Hub.Edge.Kiosk", "Hub.Edge.Modbus", "Hub.Edge.Outbox", "Hub.Edge.Pins",
            "Hub.Edge.Sampling", "Hub.Edge.Sensing", "Hub.Edge.Sysfs", "Hub.Transport.Mqtt",
        ],
        ["Hub.Edge.Forwarding"] =
        [
            "Hub.Edge.Files", "Hub.Edge.Kiosk", "Hub.Edge.Outbox", "Hub.Edge.Sensing", "Hub.Edge.Setup",
            "Hub.Transport.Log", "Hub.Transport.Messages", "Hub.Transport.Mqtt",
        ],
        // The broker beside the edge: what it has goes to the hub as it is.
        ["Hub.Edge.LocalMqtt"] =
        [
            "Hub.Edge.Forwarding", "Hub.Edge.Outbox", "Hub.Edge.Sampling", "Hub.Edge.Setup", "Hub.Transport.Log",
            "Hub.Transport.Messages", "Hub.Transport.Mqtt",
        ],
        ["Hub.Edge"] =
        [
            "Hub.Edge.Files", "Hub.Edge.Forwarding", "Hub.Edge.Health", "Hub.Edge.Kiosk", "Hub.Edge.LocalMqtt",
            "Hub.Edge.Modbus", "Hub.Edge.Outbox", "Hub.Edge.Pins", "Hub.Edge.Sampling", "Hub.Edge.Sensing",
            "Hub.Edge.Setup", "Hub.Edge.Supervision", "Hub.Edge.Sysfs", "Hub.Edge.Update", "Hub.Transport.Log",
            "Hub.Transport.Messages",
            "Hub.Transport.Mqtt",
        ],

        // The hub: what was accepted, who lives where, who is connected, what was promised, what it all looks like.
        // Everything in the data folder, as files: it knows no room from inside.
        ["Hub.Gateway.Backup"] = [],
        ["Hub.Gateway.Storage"] = ["Hub.Gateway.Backup", "Hub.Transport.Log"],
        ["Hub.Gateway.Live"] = [],
        // What people read, in five languages.
        ["Hub.Gateway.Words"] = [],
        // For one's turn, until something changes, or until it is time to try again.
        ["Hub.Gateway.Waiting"] = [],
        // What every API reads of a request in the same way.
        ["Hub.Gateway.Requests"] = ["Hub.Rules.Files"],
        ["Hub.Gateway.Journal"] = ["Hub.Rules.Engine", "Hub.Rules.Readings", "Hub.Rules.Site", "Hub.Transport.Log"],
        // The site stands above the journal, because a change of the site is journalled before it is shown.
        ["Hub.Gateway.Site"] =
        [
            "Hub.Gateway.Journal", "Hub.Gateway.Storage", "Hub.Rules.Engine", "Hub.Rules.Files", "Hub.Rules.Packs",
            "Hub.Rules.Readings", "Hub.Rules.Site", "Hub.Rules.Trials", "Hub.Transport.Log",
        ],
        ["Hub.Gateway.Broker"] =
            ["Hub.Gateway.Journal", "Hub.Gateway.Storage", "Hub.Transport.Log", "Hub.Transport.Mqtt"],
        // The hub as a client of a broker that the site has already: another door to the same intake.
        ["Hub.Gateway.Attach"] =
        [
            "Hub.Gateway.Broker", "Hub.Gateway.Journal", "Hub.Transport.Messages", "Hub.Transport.Mqtt",
        ],
        // Who may get in: it judges for the broker, which knows nothing of credentials.
        ["Hub.Gateway.Access"] =
        [
            "Hub.Gateway.Broker", "Hub.Gateway.Storage", "Hub.Gateway.Waiting", "Hub.Transport.Messages",
            "Hub.Transport.Mqtt",
        ],
        // Third-party messages to readings: pure, one class a family; ingest puts them to work.
        ["Hub.Gateway.Adapters"] = ["Hub.Rules.Files", "Hub.Rules.Readings", "Hub.Rules.Site", "Hub.Transport.Messages"],
        // How a client reaches the broker: TCP, TLS, WebSocket, through a load balancer.
        ["Hub.Gateway.Ports"] = ["Hub.Gateway.Broker"],
        ["Hub.Gateway.Ingest"] =
        [
            "Hub.Gateway.Adapters", "Hub.Gateway.Attach", "Hub.Gateway.Broker", "Hub.Gateway.Journal",
            "Hub.Gateway.Site", "Hub.Gateway.Storage", "Hub.Rules.Engine", "Hub.Rules.Readings", "Hub.Rules.Site",
            "Hub.Transport.Log", "Hub.Transport.Messages", "Hub.Transport.Mqtt",
        ],
        ["Hub.Gateway.WorkOrders"] =
        [
            "Hub.Gateway.Broker", "Hub.Gateway.Live", "Hub.Gateway.Requests", "Hub.Gateway.Site", "Hub.Gateway.Storage",
            "Hub.Gateway.Waiting", "Hub.Rules.Alarms", "Hub.Rules.Readings", "Hub.Rules.Site", "Hub.Transport.Log",
            "Hub.Transport.Messages",
        ],
        // Who is on shift, where and when.
        ["Hub.Gateway.Roster"] =
        [
            "Hub.Gateway.Live", "Hub.Gateway.Storage", "Hub.Gateway.Waiting", "Hub.Gateway.Words",
            "Hub.Gateway.WorkOrders", "Hub.Rules.Files", "Hub.Rules.Site",
        ],
        // Telling people what the desk wants told.
        ["Hub.Gateway.Notify"] =
        [
            "Hub.Gateway.Broker", "Hub.Gateway.Live", "Hub.Gateway.Roster", "Hub.Gateway.Site", "Hub.Gateway.Storage",
            "Hub.Gateway.Waiting", "Hub.Gateway.Words", "Hub.Gateway.WorkOrders", "Hub.Rules.Alarms", "Hub.Rules.Files",
            "Hub.Rules.Site",
        ],
        ["Hub.Gateway.Watch"] =
        [
            "Hub.Gateway.Journal", "Hub.Gateway.Storage", "Hub.Gateway.WorkOrders", "Hub.Rules.Alarms",
            "Hub.Rules.Engine", "Hub.Rules.Packs", "Hub.Rules.Site", "Hub.Transport.Log",
        ],
        ["Hub.Gateway.Series"] =
        [
            "Hub.Gateway.Journal", "Hub.Gateway.Site", "Hub.Gateway.Storage", "Hub.Gateway.Waiting",
            "Hub.Gateway.WorkOrders", "Hub.Rules.Alarms", "Hub.Rules.Engine", "Hub.Rules.Readings", "Hub.Rules.Site",
            "Hub.Transport.Log",
        ],
        // Who lives where, and where nobody does.
        ["Hub.Gateway.Units"] =
        [
            "Hub.Gateway.Live", "Hub.Gateway.Requests", "Hub.Gateway.Series", "Hub.Gateway.Site", "Hub.Gateway.Storage",
            "Hub.Gateway.Waiting", "Hub.Gateway.WorkOrders", "Hub.Rules.Files", "Hub.Rules.Readings", "Hub.Rules.Site",
        ],
        // What people see in the vacant units, month by month.
        ["Hub.Gateway.Inspections"] =
        [
            "Hub.Gateway.Live", "Hub.Gateway.Series", "Hub.Gateway.Storage", "Hub.Gateway.Units",
            "Hub.Gateway.WorkOrders", "Hub.Rules.Alarms", "Hub.Rules.Readings", "Hub.Rules.Site",
        ],
        // An owner comes home, and the home is ready.
        ["Hub.Gateway.Homecoming"] =
        [
            "Hub.Gateway.Storage", "Hub.Gateway.Units", "Hub.Gateway.Waiting", "Hub.Gateway.Words",
            "Hub.Gateway.WorkOrders", "Hub.Rules.Alarms", "Hub.Rules.Site",
        ],
        // What everybody shares: pumps, lifts, tanks; their maintenance, and who does it.
        ["Hub.Gateway.Facilities"] =
        [
            "Hub.Gateway.Ingest", "Hub.Gateway.Live", "Hub.Gateway.Requests", "Hub.Gateway.Series", "Hub.Gateway.Site",
            "Hub.Gateway.Storage", "Hub.Gateway.Waiting", "Hub.Gateway.Words", "Hub.Gateway.WorkOrders",
            "Hub.Rules.Alarms", "Hub.Rules.Files", "Hub.Rules.Readings", "Hub.Rules.Site",
        ],
        // A month in tables.
        ["Hub.Gateway.Reports"] =
        [
            "Hub.Gateway.Inspections", "Hub.Gateway.Units", "Hub.Gateway.WorkOrders", "Hub.Rules.Files",
            "Hub.Rules.Readings", "Hub.Rules.Site",
        ],
        // The rules' own life on a running hub, and what they answer when they are asked.
        ["Hub.Gateway.Rulebook"] =
        [
            "Hub.Gateway.Journal", "Hub.Gateway.Series", "Hub.Gateway.Site", "Hub.Gateway.Waiting", "Hub.Gateway.Watch",
            "Hub.Gateway.WorkOrders", "Hub.Rules.Alarms", "Hub.Rules.Backtest", "Hub.Rules.Engine", "Hub.Rules.Files",
            "Hub.Rules.Packs", "Hub.Rules.Readings", "Hub.Rules.Site", "Hub.Transport.Log",
        ],
        // The hub's points, outwards: as a Home Assistant of the site sees them.
        ["Hub.Gateway.Announce"] =
        [
            "Hub.Gateway.Adapters", "Hub.Gateway.Broker", "Hub.Gateway.Series", "Hub.Gateway.Site",
            "Hub.Rules.Readings", "Hub.Rules.Site",
        ],
        // What is wanted of the edges, and what they say to it.
        ["Hub.Gateway.EdgeConfig"] =
        [
            "Hub.Gateway.Broker", "Hub.Gateway.Ingest", "Hub.Gateway.Live", "Hub.Gateway.Requests",
            "Hub.Gateway.Storage", "Hub.Gateway.Waiting", "Hub.Rules.Files", "Hub.Transport.Messages",
        ],
        ["Hub.Gateway.Fleet"] =
        [
            "Hub.Gateway.Adapters", "Hub.Gateway.EdgeConfig", "Hub.Gateway.Ingest", "Hub.Gateway.Journal",
            "Hub.Gateway.Live", "Hub.Gateway.Series", "Hub.Gateway.Site", "Hub.Gateway.Storage", "Hub.Gateway.Waiting",
            "Hub.Rules.Engine", "Hub.Rules.Readings", "Hub.Rules.Site", "Hub.Transport.Log", "Hub.Transport.Messages",
        ],
        // The hub as a device of its own: it reads the rooms, and writes readings into the journal.
        ["Hub.Gateway.Health"] =
        [
            "Hub.Gateway.Ingest", "Hub.Gateway.Journal", "Hub.Gateway.Site", "Hub.Gateway.Storage", "Hub.Rules.Engine",
            "Hub.Rules.Readings", "Hub.Rules.Site",
        ],
        ["Hub.Gateway.Web"] =
        [
            "Hub.Gateway.EdgeConfig", "Hub.Gateway.Facilities", "Hub.Gateway.Fleet", "Hub.Gateway.Homecoming", "Hub.Gateway.Ingest",
            "Hub.Gateway.Inspections", "Hub.Gateway.Live", "Hub.Gateway.Notify", "Hub.Gateway.Reports",
            "Hub.Gateway.Requests", "Hub.Gateway.Roster", "Hub.Gateway.Series", "Hub.Gateway.Site",
            "Hub.Gateway.Storage", "Hub.Gateway.Units", "Hub.Gateway.Words", "Hub.Gateway.WorkOrders",
            "Hub.Rules.Alarms", "Hub.Rules.Files", "Hub.Rules.Readings", "Hub.Rules.Site",
        ],
        ["Hub.Gateway.Cli"] =
        [
            "Hub.Gateway.Backup", "Hub.Gateway.Journal", "Hub.Gateway.Notify", "Hub.Gateway.Ports",
            "Hub.Gateway.Roster", "Hub.Gateway.Site", "Hub.Gateway.Storage", "Hub.Rules.Alarms", "Hub.Rules.Backtest",
            "Hub.Rules.Engine", "Hub.Rules.Files", "Hub.Rules.Packs", "Hub.Rules.Site",
            "Hub.Rules.Trials", "Hub.Transport.Log",
        ],
        // The host puts all rooms together; its options are every room's.
        ["Hub.Gateway"] =
        [
            "Hub.Gateway.Access", "Hub.Gateway.Announce", "Hub.Gateway.Attach", "Hub.Gateway.Backup",
            "Hub.Gateway.Broker", "Hub.Gateway.Cli", "Hub.Gateway.EdgeConfig", "Hub.Gateway.Facilities",
            "Hub.Gateway.Fleet", "Hub.Gateway.Health", "Hub.Gateway.Homecoming", "Hub.Gateway.Ingest", "Hub.Gateway.Inspections",
            "Hub.Gateway.Journal", "Hub.Gateway.Live", "Hub.Gateway.Notify", "Hub.Gateway.Ports", "Hub.Gateway.Reports",
            "Hub.Gateway.Roster", "Hub.Gateway.Rulebook", "Hub.Gateway.Series", "Hub.Gateway.Site",
            "Hub.Gateway.Storage", "Hub.Gateway.Units", "Hub.Gateway.Watch", "Hub.Gateway.Web",
            "Hub.Gateway.WorkOrders", "Hub.Transport.Log",
        ],
    };

    public static bool Allows(string room, string used) =>
        Rooms.TryGetValue(room, out var below) && below.Contains(used);
}
