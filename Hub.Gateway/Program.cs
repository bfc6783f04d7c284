using Hub.Gateway.Cli;

return await CommandLine.RunAsync(args, asked: EndSignals.Take());
