using System.CommandLine;
using System.Text.Json;
using Hub.Gateway.Site;

namespace Hub.Gateway.Cli;

/// <summary><c>hub check-config</c>: reads what <c>hub run</c> would read and says all that is wrong with it.</summary>
public static class CheckConfigCommand
{
    public static Command Create()
    {
        var flags = new HubFlags();
        var json = new Option<bool>("--json") { Description = "The result as JSON on standard output." };
        var command = new Command("check-config", "Checks the site file and the rule packs without running them.")
        {
            flags.Site, flags.Rules, json,
        };
        command.SetAction((words, _) => CheckAsync(flags.Read(words, Path.GetTempPath()), words.GetValue(json)));
        return command;
    }

    private static async Task<int> CheckAsync(HubOptions options, bool asJson)
    {
        SiteFolder? files = null;
        IReadOnlyList<Rules.Files.Fault> faults = [];
        try
        {
            files = SiteFolder.Read(options);
        }
        catch (FaultyFilesException e)
        {
            faults = e.Faults;
        }

        if (asJson)
        {
            await Console.Out.WriteLineAsync(
                JsonSerializer.Serialize(
                new { ok = faults.Count == 0, faults, warnings = Warnings(files) }, JsonSerializerOptions.Web));
        }
        else
        {
            await Console.Out.WriteLineAsync(files is null ? string.Join('\n', faults) : Summary(files));
            foreach (var warning in Warnings(files))
            {
                await Console.Error.WriteLineAsync($"warning: {warning}");
            }
        }

        return files is null ? ExitCode.CheckFailed : ExitCode.Ok;
    }

    private static IEnumerable<string> Warnings(SiteFolder? files) =>
        files?.BlindSpots().Select(finding => finding.ToString()) ?? [];

    private static string Summary(SiteFolder files) =>
        $"ok: {files.Site.Spaces.Count} spaces, {files.Site.Points.Count} points, "
        + $"{files.Site.Commissioning.Count} commissioning patterns, {files.Site.Adapters.Count} adapters; rule packs "
        + string.Join(", ", files.Packs.Select(pack => $"{pack.PackId} v{pack.Version}"));
}
