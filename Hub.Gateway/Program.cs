return await Hub.Gateway.Cli.CommandLine.RunAsync(args);
