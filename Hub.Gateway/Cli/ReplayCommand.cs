using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using Hub.Gateway.Site;
using Hub.Rules.Backtest;

namespace Hub.Gateway.Cli;

/// <summary>
/// <c>replay</c>: the live engine over the rows of a file, as fast as it goes; every alarm it raises goes out as a row.
/// </summary>
public static class ReplayCommand
{
    public static Command Create()
    {
        var data = new Argument<FileInfo>("data")
        {
            Description = "Rows time,device,signal,value,unit[,received]; .gz is unpacked.",
            HelpName = "DATA.csv[.gz]",
        };
        var context = File("--context", "Who lived where: rows device,state,start,end.");
        var map = File("--map", "What the file's signals and units mean; the default knows common names.");
        var alarms = new Option<FileInfo>("--alarms")
        {
            Description = "Where the alarms go: rows time,device,signal,kind.",
            HelpName = "OUT.csv",
            Required = true,
        };
        var consumption = new Option<FileInfo?>("--consumption")
        {
            Description = "Where the water of every hour goes: rows hour,device,litres,known (measured or sum).",
            HelpName = "OUT.csv",
        };
        var upkeep = new Option<bool>("--upkeep") { Description = "Also what is only work to be planned (W4)." };
        var flags = new HubFlags();
        var command = new Command("replay", "Runs the rules over recorded readings and writes every alarm they raise.")
        {
            data, context, map, alarms, consumption, upkeep, flags.Rules,
        };
        command.SetAction(async (words, cancel) =>
        {
            try
            {
                var rules = SiteFolder.ReadRules(words.GetValue(flags.Rules)?.FullName);
                var signals = words.GetValue(map) is { } file ? ReadMap(file) : SignalMap.Default;
                var replay = new CsvReplay(rules, signals);
                var hours = words.GetValue(consumption) is null ? null : new HourlyConsumption();
                replay.Engine.Meters = hours;
                var code = await RunAsync(
                    replay, words.GetValue(data)!, words.GetValue(context), words.GetValue(alarms)!,
                    words.GetValue(upkeep), cancel);
                if (hours is not null)
                {
                    await WriteAsync(hours, words.GetValue(consumption)!);
                }

                return code;
            }
            catch (Exception e) when (
                e is FaultyFilesException or IOException or UnauthorizedAccessException or FormatException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return ExitCode.Failure;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CsvReplay replay, FileInfo data, FileInfo? context, FileInfo output, bool hasUpkeep,
        CancellationToken cancel)
    {
        using var rows = Open(data);
        using var stays = context is null ? null : Open(context);
        await using var alarms = new StreamWriter(output.FullName);
        await alarms.WriteLineAsync("time,device,signal,kind");
        var count = 0;
        foreach (var alarm in replay.Run(rows, stays).Where(alarm => hasUpkeep || !alarm.IsUpkeep))
        {
            cancel.ThrowIfCancellationRequested();
            var time = alarm.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            await alarms.WriteLineAsync($"{time},{alarm.Device},{alarm.Signal},{alarm.Kind}");
            count++;
        }

        await Console.Error.WriteLineAsync($"{count} alarms in {output.Name}; {replay.Skipped} rows skipped.");
        return ExitCode.Ok;
    }

    private static async Task WriteAsync(HourlyConsumption consumption, FileInfo output)
    {
        await using var rows = new StreamWriter(output.FullName);
        await rows.WriteLineAsync("hour,device,litres,known");
        foreach (var hour in consumption.Hours())
        {
            await rows.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{hour.Hour.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},{hour.Device},{hour.Litres:0.###},"
                + $"{(hour.IsSpread ? "sum" : "measured")}"));
        }
    }

    private static SignalMap ReadMap(FileInfo file)
    {
        var read = SignalMapFile.Read(file.FullName, System.IO.File.ReadAllText(file.FullName));
        return read.Value ?? throw new FaultyFilesException(read.Faults);
    }

    internal static StreamReader Open(FileInfo file) => new(
        file.Extension == ".gz" ? new GZipStream(file.OpenRead(), CompressionMode.Decompress) : file.OpenRead());

    private static Option<FileInfo?> File(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE" };
}
