using System.CommandLine;
using System.Text.Json;
using Hub.Gateway.Site;
using Hub.Rules.Files;
using Hub.Rules.Packs;

namespace Hub.Gateway.Cli;

/// <summary><c>rules validate</c> and <c>rules show</c>: a pack by itself, without a hub.</summary>
internal static class RulesCheckCommands
{
    public static Command Validate()
    {
        var packs = new Argument<FileInfo[]>("packs")
        {
            Description = "The rule packs' files.",
            HelpName = "PACK.yaml",
            Arity = ArgumentArity.OneOrMore,
        };
        var (site, json) = (new HubFlags().Site, HubClient.JsonOption());
        var command = new Command("validate", "Says all that is wrong with packs, and whether they fit the site.")
        {
            packs, site, json,
        };
        command.SetAction(async (words, cancel) =>
        {
            var faults = new List<Fault>();
            var path = words.GetValue(site)?.FullName;
            var file = SiteFolder.ReadSite(path, faults);
            var around = path is null || faults.Count > 0 ? PackSurroundings.None : PackSurroundings.Of(file);
            foreach (var pack in words.GetValue(packs)!)
            {
                if (await RulesCommand.ReadAsync(pack, words.InvocationConfiguration.Error, cancel) is not { } yaml)
                {
                    return ExitCode.NotFound;
                }

                var read = RulePackFile.Read(pack.Name, yaml, around);
                faults.AddRange(read.Faults);
                around = read.Value is { } good ? around.With(good, pack.Name) : around;
            }

            await Console.Out.WriteLineAsync(words.GetValue(json)
                ? JsonSerializer.Serialize(new { ok = faults.Count == 0, faults }, JsonSerializerOptions.Web)
                : faults.Count == 0 ? "ok" : string.Join('\n', faults));
            return faults.Count == 0 ? ExitCode.Ok : ExitCode.CheckFailed;
        });
        return command;
    }

    public static Command Show()
    {
        var pack = PackArgument();
        var json = HubClient.JsonOption();
        var command = new Command("show", "A pack's rules with every setting, the defaults too.") { pack, json };
        command.SetAction(async (words, cancel) =>
        {
            var (read, code) = await OpenAsync(words.GetValue(pack)!, cancel);
            if (read is null)
            {
                return code;
            }

            if (words.GetValue(json))
            {
                await Console.Out.WriteLineAsync(JsonSerializer.Serialize(read, JsonSerializerOptions.Web));
                return ExitCode.Ok;
            }

            foreach (var line in Lines(read))
            {
                await Console.Out.WriteLineAsync(line);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    internal static Argument<string> PackArgument() => new("pack")
    {
        Description = "A pack's file, or the id of one that comes with the hub.",
    };

    /// <summary>A pack by its file or its id; null with an exit code, and the reason on standard error.</summary>
    internal static async Task<(RulePack? Pack, int Code)> OpenAsync(string pack, CancellationToken cancel)
    {
        if (DefaultPacks.All.FirstOrDefault(one => one.Id == pack) is { } known)
        {
            return (known, ExitCode.Ok);
        }

        if (await RulesCommand.ReadAsync(new FileInfo(pack), Console.Error, cancel) is not { } yaml)
        {
            return (null, ExitCode.NotFound);
        }

        var read = RulePackFile.Read(Path.GetFileName(pack), yaml, PackSurroundings.None);
        if (!read.IsGood)
        {
            await Console.Error.WriteLineAsync(read.ToString());
        }

        return (read.Value, ExitCode.CheckFailed);
    }

    private static IEnumerable<string> Lines(RulePack pack)
    {
        yield return $"{pack.Id} version {pack.Version}";
        foreach (var rule in pack.Rules)
        {
            var spec = DetectorCatalogue.Of(rule.Detector);
            yield return "";
            yield return $"{rule.Id}  {rule.Detector}  {spec.Detects}";
            yield return $"  {rule.Why}";
            foreach (var set in spec.Parameters)
            {
                var written = rule.Parameters.ContainsKey(set.Name) ? "" : "  (default)";
                yield return $"  {set.Name} {PackWords.Say(rule.Parameter(set.Name), set)}{written}";
            }

            yield return $"  on after {Amount.Say(rule.OnDelay.TotalSeconds, "s")}, off after "
                + $"{Amount.Say(rule.OffDelay.TotalSeconds, "s")}";
            yield return rule.Order is { } order
                ? $"  order: {order.Kind}, {order.Priority.ToString().ToLowerInvariant()}, for the {order.Audience}"
                : "  order: none";
        }
    }
}
