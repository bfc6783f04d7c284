using Hub.Edge;
using Hub.Edge.Outbox;
using Hub.Edge.Pins;
using Hub.Edge.Setup;
using Hub.Edge.Sysfs;

const int Done = 0, Failed = 1, Usage = 2, CheckFailed = 7;

if (EdgeArguments.Read(args) is not { } arguments)
{
    Console.Error.WriteLine(EdgeArguments.Help);
    return Usage;
}

if (arguments.Command == "help")
{
    Console.WriteLine(EdgeArguments.Help);
    return Done;
}

if (!File.Exists(arguments.ConfigFile))
{
    Console.Error.WriteLine($"{arguments.ConfigFile} is not there. Name the file with --config.");
    return Usage;
}

var (options, faults) = EdgeFile.Read(arguments.ConfigFile, File.ReadAllText(arguments.ConfigFile));
if (options is null)
{
    foreach (var fault in faults)
    {
        Console.Error.WriteLine(fault);
    }

    return CheckFailed;
}

if (arguments.Command == "check-config")
{
    Console.WriteLine($"{arguments.ConfigFile}: edge {options.Edge}, {options.Lines.Count} lines, "
        + $"{options.SampledPoints.Count()} points that are asked for, no fault.");
    foreach (var sensor in options.Sensors)
    {
        var (path, missing) = SensorFinder.Find(sensor.Path, sensor.Chip);
        Console.WriteLine($"{sensor.Point.Key}: {path ?? missing}");
    }

    return Done;
}

using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
using var stop = new CancellationTokenSource();
using var interrupt = ConsoleSignals.On(stop);
try
{
    var token = arguments.Token == "-" ? Console.In.ReadLine()?.Trim() : arguments.Token;
    options = options with
    {
        DataFolder = arguments.DataFolder ?? options.DataFolder,
        Hub = options.Hub with { Token = token },
    };
    await using var host = new EdgeHost(options, TimeProvider.System, loggers);
    await host.StartAsync(stop.Token);
    if (host.KioskAddress is { } kiosk)
    {
        Console.WriteLine($"Kiosk: {kiosk}");
    }

    await ConsoleSignals.WaitAsync(host.Completion, stop.Token);
    await host.StopAsync(CancellationToken.None);
    return Done;
}
catch (Exception e) when (e is GpioException or OutboxException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return Failed;
}
