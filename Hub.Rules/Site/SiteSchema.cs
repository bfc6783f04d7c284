using System.Text.Json.Nodes;
using Hub.Rules.Files;
using Hub.Rules.Readings;

namespace Hub.Rules.Site;

/// <summary>The JSON Schema (2020-12) of a site file, so that an editor completes and explains it.</summary>
public static class SiteSchema
{
    /// <summary>Where it is kept beside this file; a test holds the two together.</summary>
    public const string FileName = "site.schema.json";

    public static string Json() => JsonText.Of(JsonText.Root(
        "A site file of BuildingHub",
        JsonText.Map("What is where.", [],
            ("site", Info()),
            ("spaces", JsonText.List("Units, lobbies and facilities.", Space())),
            ("edges", JsonText.List("Edges with their devices and points.", Edge())),
            ("commissioning", JsonText.List("Which other devices may come; the first that matches counts.", Pattern())),
            ("adapters", JsonText.List("Third-party messages that are let in.", Adapter())),
            ("homeAssistant", JsonText.Map("That a Home Assistant of the site may see the hub's points.", [],
                ("prefix", JsonText.Id("Its discovery prefix; homeassistant if left out.")),
                ("every", JsonText.Amount("How often new values are told; 10 s if left out.", "s")))),
            ("windows", JsonText.List("Periods in which activity in a vacant unit is expected.", Window())))));

    private static JsonObject Info() => JsonText.Map("The compound.", [],
        ("id", JsonText.Id("Readable and stable.")),
        ("name", JsonText.Text("As people say it.")),
        ("zone", JsonText.Text("An IANA time zone, such as Asia/Shanghai.")),
        ("hotline", JsonText.Text("The telephone number on every kiosk.")),
        ("language", JsonText.Words("The language shown first.", SiteInfo.Languages)),
        ("lobbyHours", JsonText.Matching(
            "When a butler is at the desk.", "^[0-9]{1,2}:[0-9]{2} ?[-–] ?[0-9]{1,2}:[0-9]{2}$")));

    private static JsonObject Space() => JsonText.Map("A place of the compound.", ["id"],
        ("id", JsonText.Id("Readable and stable: b3-e2-1201.")),
        ("kind", JsonText.Words("Unit if left out.", SiteWords.Kinds.Keys)),
        ("name", JsonText.Text("As people say it.")),
        ("building", JsonText.Id("Its building's id.")),
        ("entrance", JsonText.Id("Its entrance's id.")),
        ("floor", JsonText.Whole("Its floor.", -20)),
        ("occupancy", JsonText.Words("Occupied if left out; only a unit can be vacant.", SiteWords.Occupancies.Keys)),
        ("vacantSince", JsonText.Text("A day or an instant.")),
        ("tags", JsonText.List("Words that rules can choose it by.", JsonText.Text(""))));

    private static JsonObject Edge() => JsonText.Map("One edge: one MQTT client.", ["id"],
        ("id", JsonText.Id("The MQTT client id.")),
        ("devices", JsonText.List("What it reports.", JsonText.Map("A device.", [],
            ("id", JsonText.Text("Edge-local; left out, the edge itself is the device.")),
            ("space", JsonText.Id("Where it is.")),
            ("every", JsonText.Amount("How often a reading is expected.", "s")),
            ("points", JsonText.List("Its signals.", Point()))))));

    private static JsonObject Point() => JsonText.Map("One signal of the device.", ["signal"],
        ("signal", new JsonObject
        {
            ["type"] = "string",
            ["examples"] = new JsonArray([.. Signal.All.Select(signal => signal.Name).Order(StringComparer.Ordinal)
                .Select(name => JsonValue.Create(name))]),
        }),
        ("space", JsonText.Id("Where it is, if not where the device is.")),
        ("every", JsonText.Amount("If not as often as the device.", "s")),
        ("serial", JsonText.Text("The meter's serial number.")),
        ("pulse", JsonText.Text("Amount per pulse: 1 L, 0.001 kWh, 1000 imp/kWh.")),
        ("rollover", JsonText.Text("The first value the meter can't show: 100000 m3.")),
        ("rateMax", JsonText.Text("The physical limit: 5 m3/h, 15 kW.")));

    private static JsonObject Pattern() => JsonText.Map("Which devices, and where they belong.", ["device", "space"],
        ("device", JsonText.Text("With * and ?, against edge/device, the device, or the edge.")),
        ("space", JsonText.Text("A space's id; {device} and {edge} stand for the names.")),
        ("auto", JsonText.Flag("Commissioned at its first reading; else only proposed.")));

    private static JsonObject Adapter() => JsonText.Map("Whose messages, and under which topic.", ["id", "kind"],
        ("id", JsonText.Id("Stands where an edge's id stands: its devices are {id}/{device}.")),
        ("kind", JsonText.Words("Whose messages.", SiteWords.Adapters.Keys)),
        ("topic", JsonText.Text("The base topic; of kind json the pattern, in which {device} is a level.")),
        ("edge", JsonText.Id("The edge that forwards them from a broker beside it; not of kind sparkplug.")),
        ("time", JsonText.Text("Of kind json: the path of the message's own time.")),
        ("values", JsonText.List("Of kind json: what is where in a message.", JsonText.Map(
            "One value.", ["path", "signal"],
            ("path", JsonText.Text("Such as $.meter.total.")),
            ("signal", JsonText.Text("Such as water.volume.")),
            ("unit", JsonText.Text("The unit it comes in.")),
            ("scale", JsonText.Text("Times this.")),
            ("on", JsonText.Text("The word that means 1; every other one is 0."))))));

    private static JsonObject Window() => JsonText.Map("A planned window.", ["space", "from", "to"],
        ("space", JsonText.Id("Where.")),
        ("from", JsonText.Text("The first instant inside.")),
        ("to", JsonText.Text("The first instant after it.")),
        ("reason", JsonText.Words("Visit if left out.", SiteWords.Reasons)));
}
