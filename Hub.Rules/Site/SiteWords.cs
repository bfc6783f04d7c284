namespace Hub.Rules.Site;

/// <summary>The words of a site file, for its reader and its schema alike.</summary>
internal static class SiteWords
{
    public static readonly IReadOnlyDictionary<string, SpaceKind> Kinds = new Dictionary<string, SpaceKind>
    {
        ["unit"] = SpaceKind.Unit,
        ["lobby"] = SpaceKind.Lobby,
        ["facility"] = SpaceKind.Facility,
    };

    public static readonly IReadOnlyDictionary<string, Occupancy> Occupancies = new Dictionary<string, Occupancy>
    {
        ["occupied"] = Occupancy.Occupied,
        ["unsold"] = Occupancy.Unsold,
        ["unlet"] = Occupancy.Unlet,
        ["notMovedIn"] = Occupancy.NotMovedIn,
        ["custody"] = Occupancy.Custody,
    };

    public static readonly IReadOnlyDictionary<string, AdapterKind> Adapters = new Dictionary<string, AdapterKind>
    {
        ["zigbee2mqtt"] = AdapterKind.Zigbee2Mqtt,
        ["tasmota"] = AdapterKind.Tasmota,
        ["shelly-gen1"] = AdapterKind.ShellyGen1,
        ["shelly"] = AdapterKind.Shelly,
        ["chirpstack"] = AdapterKind.ChirpStack,
        ["home-assistant"] = AdapterKind.HomeAssistant,
        ["sparkplug"] = AdapterKind.Sparkplug,
        ["json"] = AdapterKind.Json,
    };

    /// <summary>The topic that each kind has if nothing else is written.</summary>
    public static readonly IReadOnlyDictionary<AdapterKind, string> AdapterTopics = new Dictionary<AdapterKind, string>
    {
        [AdapterKind.Zigbee2Mqtt] = "zigbee2mqtt",
        [AdapterKind.Tasmota] = "%prefix%/%topic%",
        [AdapterKind.ShellyGen1] = "shellies",
        [AdapterKind.Shelly] = "shelly*",
        [AdapterKind.ChirpStack] = "application",
        [AdapterKind.HomeAssistant] = "homeassistant",
        [AdapterKind.Sparkplug] = "spBv1.0",
    };

    /// <summary>Why activity in a vacant unit is expected.</summary>
    public static readonly IReadOnlyList<string> Reasons =
        ["inspection", "viewing", "cleaning", "renovation", "flushing", "homecoming", "visit"];
}
