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
        ["Hub.Rules.Simulation"] = ["Hub.Rules.Readings", "Hub.Rules.Site"],

        // From one machine to another.
        ["Hub.Transport.Log"] = [],
        ["Hub.Transport.Mqtt"] = [],
        ["Hub.Transport.Messages"] = [],

        // The Raspberry Pi: from the pin to the wire, and the screen in the lobby.
        ["Hub.Edge.Pins"] = [],
        ["Hub.Edge.Sensing"] = ["Hub.Edge.Pins"],
        ["Hub.Edge.Outbox"] = ["Hub.Transport.Log"],
        ["Hub.Edge.Health"] = ["Hub.Edge.Outbox"],
        ["Hub.Edge.Kiosk"] = ["Hub.Edge.Outbox", "Hub.Edge.Sensing", "Hub.Transport.Messages"],
        ["Hub.Edge.Setup"] = ["Hub.Edge.Kiosk", "Hub.Edge.Outbox", "Hub.Edge.Pins", "Hub.Edge.Sensing"],
        ["Hub.Edge.Forwarding"] =
        [
            "Hub.Edge.Kiosk", "Hub.Edge.Outbox", "Hub.Edge.Sensing", "Hub.Edge.Setup", "Hub.Transport.Log",
            "Hub.Transport.Messages", "Hub.Transport.Mqtt",
        ],
        ["Hub.Edge"] =
        [
            "Hub.Edge.Pins", "Hub.Edge.Sensing", "Hub.Edge.Outbox", "Hub.Edge.Health", "Hub.Edge.Kiosk", "Hub.Edge.Setup",
            "Hub.Edge.Forwarding", "Hub.Transport.Log", "Hub.Transport.Messages", "Hub.Transport.Mqtt",
        ],
    };

    public static bool Allows(string room, string used) =>
        Rooms.TryGetValue(room, out var below) && below.Contains(used);
}
