using Hub.Edge;
using Hub.Edge.Setup;
using Hub.Edge.Sysfs;

if (UpdateCommands.Run(args, TimeProvider.System, Console.Out, Console.Error) is { } exitCode)
{
    return exitCode;
}

if (EdgeArguments.Read(args) is not { } arguments)
{
    Console.Error.WriteLine(EdgeArguments.Help);
    return Exit.Usage;
}

if (arguments.Command == "help")
{
    Console.WriteLine(EdgeArguments.Help);
    return Exit.Done;
}

if (!File.Exists(arguments.ConfigFile))
{
    Console.Error.WriteLine($"{arguments.ConfigFile} is not there. Name the file with --config.");
    return Exit.Usage;
}

if (arguments.Command == "run")
{
    using var stop = new CancellationTokenSource();
    using var interrupt = ConsoleSignals.On(stop);
    return await EdgeRun.RunAsync(arguments, stop);
}

var (options, faults) = EdgeFile.Read(arguments.ConfigFile, File.ReadAllText(arguments.ConfigFile));
if (options is null)
{
    return Exit.Refused(faults);
}

Console.WriteLine($"{arguments.ConfigFile}: edge {options.Edge}, {options.Lines.Count} lines, "
    + $"{options.SampledPoints.Count()} points that are asked for, no fault.");
foreach (var sensor in options.Sensors)
{
    var (path, missing) = SensorFinder.Find(sensor.Path, sensor.Chip);
    Console.WriteLine($"{sensor.Point.Key}: {path ?? missing}");
}

return Exit.Done;
