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
    };

    public static bool Allows(string room, string used) =>
        Rooms.TryGetValue(room, out var below) && below.Contains(used);
}
