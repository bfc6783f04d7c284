using System.CommandLine;
using Hub.AllInOne;
using Hub.Gateway.Cli;

return await CommandLine.RunAsync(
    new RootCommand("BuildingHub on one machine: the hub and its edges in one process.")
    {
        DemoCommand.Create(),
        RunCommand.Create(),
    },
    args,
    asked: EndSignals.Take());
