using System.CommandLine;
using System.Text.Json;
using Hub.Gateway.Roster;
using Hub.Gateway.Site;
using Hub.Rules.Files;
using Hub.Rules.Site;

namespace Hub.Gateway.Cli;

/// <summary><c>roster</c>: who is on shift, who stands in, and the hours that nobody covers.</summary>
public static class RosterCommand
{
    private const string Path = "api/v1/roster";

    public static Command Create() => new("roster", "People, grids, shifts, and who is called.")
    {
        Import(), Check(), Show(), RosterCoverCommands.Cover(), RosterCoverCommands.Handover(), Gaps(),
    };

    internal static string Text(JsonElement item, string name) =>
        item.GetProperty(name).ToString() is { Length: > 0 } text ? text : "-";

    private static Command Import()
    {
        var files = Files();
        var command = new Command(
            "import", "Replaces the roster by these tables and adds covers, if nothing is wrong.") { files };
        return HubClient.Set(command, async (client, words, cancel) =>
            await ReadAsync(words.GetValue(files)!, client.Talk, cancel) is { } read
                ? await client.SendAsync(
                    HttpMethod.Post, Path, new RosterImport(read), answer => Taken(answer, client.Talk), cancel)
                : ExitCode.NotFound);
    }

    /// <summary>By itself, without a hub.</summary>
    private static Command Check()
    {
        var (files, site, json) = (Files(), new HubFlags().Site, HubClient.JsonOption());
        var command = new Command("check", "Says all that is wrong with tables, and whether they fit the site.")
        {
            files, site, json,
        };
        command.SetAction(async (words, cancel) =>
        {
            var console = words.InvocationConfiguration;
            if (await ReadAsync(words.GetValue(files)!, console.Error, cancel) is not { } read)
            {
                return ExitCode.NotFound;
            }

            List<Fault> faults = [];
            var file = SiteFolder.ReadSite(words.GetValue(site)?.FullName, faults);
            var spaces = file.Spaces.Aggregate(
                SiteSnapshot.Empty, (known, space) => known.With(new SiteChange.SpaceDefined(space)));
            var roster = RosterIntake.Read(
                read, spaces, RosterPicture.Empty, file.Info.Zone, TimeProvider.System.GetUtcNow(),
                new RosterOptions());
            faults.AddRange(roster.Faults);
            var warnings = roster.Value is { } good ? RosterWarnings.Of(good.Sheet, spaces) : [];
            await console.Output.WriteLineAsync(words.GetValue(json)
                ? JsonSerializer.Serialize(new { ok = faults.Count == 0, faults, warnings }, JsonSerializerOptions.Web)
                : faults.Count == 0 ? "ok" : string.Join('\n', faults));
            Warn(warnings, console.Error);
            return faults.Count == 0 ? ExitCode.Ok : ExitCode.CheckFailed;
        });
        return command;
    }

    private static Command Show()
    {
        var space = new Option<string?>("--space") { Description = "Who is called there.", HelpName = "SPACE" };
        var at = new Option<string?>("--at") { Description = "2026-11-22 07:00; else now.", HelpName = "TIME" };
        var command = new Command("show", "The roster; with --space, who is called there, rung by rung.") { space, at };
        return HubClient.Set(command, (client, words, cancel) => words.GetValue(space) is { } where
            ? client.GetAsync(
                $"{Path}/on-duty?space={Uri.EscapeDataString(where)}"
                + (words.GetValue(at) is { } when ? $"&at={Uri.EscapeDataString(when)}" : ""),
                OnDuty, cancel)
            : client.GetAsync(Path, Whole, cancel));
    }

    private static Command Gaps()
    {
        var days = new Option<int>("--days") { Description = "How many days ahead.", DefaultValueFactory = _ => 14 };
        var command = new Command("gaps", "The hours without a butler, and who is called then.") { days };
        return HubClient.Set(command, async (client, words, cancel) =>
        {
            var isHeld = true;
            var code = await client.GetAsync(
                $"{Path}/gaps?days={words.GetValue(days)}",
                answer =>
                {
                    isHeld = answer.GetProperty("uncoveredHours").GetDouble() == 0;
                    return Table.Of(
                    [
                        ["GRID", "FROM", "TO", "CALLED INSTEAD"],
                        .. answer.GetProperty("items").EnumerateArray().Select(hole => new[]
                        {
                            Text(hole, "grid"), Text(hole, "from"), Text(hole, "to"),
                            hole.GetProperty("takenBy").GetString() ?? "NOBODY",
                        }),
                    ]);
                },
                cancel);
            return code == ExitCode.Ok && !isHeld ? ExitCode.CheckFailed : code;
        });
    }

    private static IEnumerable<string> Taken(JsonElement answer, TextWriter talk)
    {
        Warn(answer.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!), talk);
        return
        [
            $"{Text(answer, "people")} people, {Text(answer, "grids")} grids and {Text(answer, "shifts")} shifts "
            + $"are in force; {Text(answer, "newCovers")} covers are new.",
        ];
    }

    private static IEnumerable<string> OnDuty(JsonElement answer) => Table.Of(
    [
        ["RUNG", "CALLED", "AS"],
        .. answer.GetProperty("rungs").EnumerateArray().Select(rung =>
        {
            var called = rung.GetProperty("called");
            var people = called.GetProperty("people").EnumerateArray().Select(one => one.GetString()).ToList();
            return new[]
            {
                Text(rung, "to"), people.Count > 0 ? string.Join(", ", people) : "NOBODY", Text(called, "role"),
            };
        }),
    ]);

    private static IEnumerable<string> Whole(JsonElement roster) =>
    [
        .. Of(roster, "people", "PERSON", ["id", "name", "role", "language", "phone"]), "",
        .. Of(roster, "grids", "GRID", ["id", "name", "places", "partners"]), "",
        .. Of(roster, "shifts", "SHIFT", ["person", "grid", "days", "hours", "since", "until"]), "",
        .. Of(roster, "covers", "COVER", ["id", "absent", "standIn", "from", "to"]), "",
        .. Of(roster, "handovers", "HAND-OVER", ["id", "grid", "by", "at", "takenBy", "words"]),
    ];

    private static IEnumerable<string> Of(JsonElement roster, string list, string head, string[] members) => Table.Of(
    [
        [head, .. members.Skip(1).Select(member => member.ToUpperInvariant())],
        .. roster.GetProperty(list).EnumerateArray()
            .Select(one => members.Select(member => Say(one, member)).ToArray()),
    ]);

    private static string Say(JsonElement one, string member) => one.GetProperty(member) switch
    {
        { ValueKind: JsonValueKind.Array } words =>
            string.Join(' ', words.EnumerateArray()) is { Length: > 0 } text ? text : "-",
        { ValueKind: JsonValueKind.Object } hours =>
            $"{hours.GetProperty("from").GetString()![..5]}-{hours.GetProperty("to").GetString()![..5]}",
        _ => Text(one, member),
    };

    private static Argument<FileInfo[]> Files() => new("tables")
    {
        Description = "The tables: people, grids, shifts and, if it is not the standard, the ladder; or covers.",
        HelpName = "TABLE.csv",
        Arity = ArgumentArity.OneOrMore,
    };

    private static void Warn(IEnumerable<string> warnings, TextWriter talk)
    {
        foreach (var warning in warnings)
        {
            talk.WriteLine($"warning: {warning}");
        }
    }

    private static async Task<List<RosterFile>?> ReadAsync(
        FileInfo[] files, TextWriter talk, CancellationToken cancel)
    {
        List<RosterFile> read = [];
        foreach (var file in files)
        {
            if (await RulesCommand.ReadAsync(file, talk, cancel) is not { } text)
            {
                return null;
            }

            read.Add(new RosterFile(file.Name, text));
        }

        return read;
    }
}
