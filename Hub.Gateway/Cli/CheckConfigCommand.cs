using System.CommandLine;
using System.Text.Json;
using Hub.Gateway.Notify;
using Hub.Gateway.Site;
using Hub.Rules.Site;

namespace Hub.Gateway.Cli;

/// <summary><c>hub check-config</c>: reads what <c>hub run</c> would read and says all that is wrong with it.</summary>
public static class CheckConfigCommand
{
    public static Command Create()
    {
        var flags = new HubFlags();
        var json = new Option<bool>("--json") { Description = "The result as JSON on standard output." };
        var command = new Command("check-config", "Checks the site file, the rule packs and the notify file.")
        {
            flags.Site, flags.Rules, flags.Notify, json,
        };
        command.SetAction((words, _) => CheckAsync(flags.Read(words, Path.GetTempPath()), words.GetValue(json)));
        return command;
    }

    private static async Task<int> CheckAsync(HubOptions options, bool asJson)
    {
        SiteFolder? files = null;
        List<Rules.Files.Fault> faults = [];
        try
        {
            files = SiteFolder.Read(options, SiteSnapshot.Empty);
        }
        catch (FaultyFilesException e)
        {
            faults.AddRange(e.Faults);
        }

        try
        {
            NotifySetup.Read(options.NotifyFile);
        }
        catch (FaultyFilesException e)
        {
            faults.AddRange(e.Faults);
        }

        if (asJson)
        {
            await Console.Out.WriteLineAsync(
                JsonSerializer.Serialize(
                new { ok = faults.Count == 0, faults, warnings = Warnings(files) }, JsonSerializerOptions.Web));
        }
        else
        {
            await Console.Out.WriteLineAsync(
                files is null || faults.Count > 0 ? string.Join('\n', faults) : Summary(files));
            foreach (var warning in Warnings(files))
            {
                await Console.Error.WriteLineAsync($"warning: {warning}");
            }
        }

        return faults.Count > 0 ? ExitCode.CheckFailed : ExitCode.Ok;
    }

    private static IEnumerable<string> Warnings(SiteFolder? files) =>
        files?.BlindSpots().Select(finding => finding.ToString()) ?? [];

    private static string Summary(SiteFolder files) =>
        $"ok: {files.Site.Spaces.Count} spaces, {files.Site.Points.Count} points, "
        + $"{files.Site.Commissioning.Count} commissioning patterns, {files.Site.Adapters.Count} adapters; rule packs "
        + string.Join(", ", files.Packs.Select(pack => $"{pack.PackId} v{pack.Version}"));
}
