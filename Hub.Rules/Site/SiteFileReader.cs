using Hub.Rules.Files;

namespace Hub.Rules.Site;

/// <summary>One reading of a site file: what is written, then what must fit together.</summary>
internal sealed class SiteFileReader(FaultList faults)
{
    public const int SpacesMax = 20_000;
    public const int PatternsMax = 200;
    public const int TagsMax = 20;
    public const int WindowsMax = 10_000;

    private static readonly string[] SpaceTemplates = ["{device}", "{edge}"];

    private static readonly TimeSpan WindowLengthMax = TimeSpan.FromDays(366);

    private readonly Dictionary<string, (Space Space, int Line)> _spaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _lobbies = new(StringComparer.Ordinal);

    public Checked<SiteFile> Read(Written root)
    {
        var file = new MapReader(root, "", faults);
        var info = ReadInfo(file.Map("site"));
        foreach (var space in file.Maps("spaces", SpacesMax))
        {
            ReadSpace(space, info.Zone);
        }

        var points = new DeclaredPointReader(_spaces.Keys).Read(file);
        var adapters = new DeclaredAdapterReader().Read(file);
        var outlet = ReadOutlet(file.Map("homeAssistant"));
        var patterns = file.Maps("commissioning", PatternsMax)
            .Select(ReadPattern).OfType<CommissioningPattern>().ToList();
        var windows = file.Maps("windows", WindowsMax)
            .Select(map => ReadWindow(map, info.Zone)).OfType<PlannedWindow>().ToList();
        file.Done();
        return faults.Check(() =>
            new SiteFile(info, [.. _spaces.Values.Select(entry => entry.Space)], points, patterns, windows)
            {
                Adapters = adapters,
                HomeAssistant = outlet,
            });
    }

    private static SiteInfo ReadInfo(MapReader? map)
    {
        if (map is null)
        {
            return SiteInfo.Default;
        }

        var info = new SiteInfo(
            map.Id("id") ?? SiteInfo.Default.Id,
            map.Text("name") ?? map.Text("id") ?? SiteInfo.Default.Name,
            ReadZone(map) ?? SiteInfo.Default.Zone,
            map.Text("hotline", charactersMax: 40) ?? SiteInfo.Default.Hotline,
            ReadLanguage(map) ?? SiteInfo.Default.Language,
            ReadLobbyHours(map) ?? SiteInfo.Default.LobbyHours);
        map.Done();
        return info;
    }

    private static HomeAssistantOutlet? ReadOutlet(MapReader? map)
    {
        if (map is null)
        {
            return null;
        }

        var prefix = map.Id("prefix") ?? "homeassistant";
        var every = map.Span("every", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)) ?? TimeSpan.FromSeconds(10);
        map.Done();
        return new HomeAssistantOutlet(prefix, every);
    }

    private static TimeZoneInfo? ReadZone(MapReader map)
    {
        if (map.Text("zone") is not { } id)
        {
            return null;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            return zone;
        }

        var known = TimeZoneInfo.GetSystemTimeZones().Select(candidate => candidate.Id);
        map.Refuse("zone", "it must be an IANA time zone, such as Asia/Shanghai", Resemblance.DidYouMean(id, known));
        return null;
    }

    private static string? ReadLanguage(MapReader map)
    {
        if (map.Text("language") is not { } text)
        {
            return null;
        }

        var known = SiteInfo.Languages;
        if (known.FirstOrDefault(one => one.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } language)
        {
            return language;
        }

        map.Refuse("language", $"it must be one of {string.Join(", ", known)}", Resemblance.DidYouMean(text, known));
        return null;
    }

    private static LobbyHours? ReadLobbyHours(MapReader map)
    {
        if (map.Text("lobbyHours") is not { } text)
        {
            return null;
        }

        if (LobbyHours.TryParse(text) is { } hours)
        {
            return hours;
        }

        map.Refuse("lobbyHours", "it must be two times of day, such as \"06:00-22:00\"");
        return null;
    }

    private void ReadSpace(MapReader map, TimeZoneInfo zone)
    {
        var id = map.Id("id", required: true);
        var kind = map.OneOf("kind", SiteWords.Kinds) ?? SpaceKind.Unit;
        var occupancy = map.OneOf("occupancy", SiteWords.Occupancies) ?? Occupancy.Occupied;
        var vacantSince = map.Instant("vacantSince", zone);
        var space = new Space(
            id ?? "", kind, map.Text("name") ?? id ?? "", map.Id("building") ?? "", map.Id("entrance") ?? "",
            map.Whole("floor", -20, 200), occupancy, vacantSince,
            string.Join(' ', map.Texts("tags", TagsMax).Select(tag => tag.Text)));
        map.Done();

        if (kind != SpaceKind.Unit && occupancy != Occupancy.Occupied)
        {
            map.Refuse("occupancy", "only a unit can be vacant", "remove it, or make the space a unit");
        }
        else if (vacantSince is not null && occupancy == Occupancy.Occupied)
        {
            map.Refuse(
                "vacantSince", "an occupied space is not vacant",
                "remove it, or say in 'occupancy' how the unit is vacant");
        }

        if (kind == SpaceKind.Lobby && space.Entrance.Length > 0 && !_lobbies.TryAdd(space.Entrance, space.Id))
        {
            map.Refuse("entrance", $"an entrance has one lobby, and this one has '{_lobbies[space.Entrance]}'");
        }

        if (id is not null && !_spaces.TryAdd(id, (space, map.LineOf("id"))))
        {
            var line = _spaces[id].Line;
            map.Refuse("id", $"ids must be unique, and line {line} has this one", "give one of the two another id");
        }
    }

    private CommissioningPattern? ReadPattern(MapReader map)
    {
        var device = map.Text("device", required: true, charactersMax: 128);
        var space = map.Text("space", required: true, charactersMax: 128);
        var isAutomatic = map.Flag("auto") ?? false;
        map.Done();
        if (device is null || space is null)
        {
            return null;
        }

        var bare = SpaceTemplates.Aggregate(space, (text, part) => text.Replace(part, "", StringComparison.Ordinal));
        if (bare.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not '-' and not '_' and not '.'))
        {
            map.Refuse("space", "it must be a space's id, in which only {device} and {edge} stand for something else");
            return null;
        }

        // A name of its own is a new facility; a near miss of a declared one is a slip that would split a space in two.
        if (bare == space && !_spaces.ContainsKey(space) && Resemblance.Nearest(space, _spaces.Keys) is { } meant)
        {
            map.Refuse("space", "no such space is declared, but one that looks like it", $"did you mean '{meant}'?");
            return null;
        }

        return new CommissioningPattern(device, space, isAutomatic);
    }

    private PlannedWindow? ReadWindow(MapReader map, TimeZoneInfo zone)
    {
        var space = map.Id("space", required: true);
        var from = map.Instant("from", zone, required: true);
        var to = map.Instant("to", zone, required: true);
        var reason = map.Word("reason", SiteWords.Reasons) ?? "visit";
        map.Done();
        if (space is not null && !_spaces.ContainsKey(space))
        {
            map.Refuse("space", "no such space is declared", Resemblance.DidYouMean(space, _spaces.Keys));
        }

        if (from >= to)
        {
            map.Refuse("to", "it must be later than 'from'", "swap the two, or look at the offsets");
        }
        else if (to - from > WindowLengthMax)
        {
            map.Refuse("to", $"a window lasts at most {WindowLengthMax.Days} d", "change the unit's occupancy instead");
        }

        return space is null || from is null || to is null
            ? null
            : new PlannedWindow(space, from.Value, to.Value, reason);
    }
}
