namespace Hub.Edge;

/// <summary>The command line.</summary>
internal sealed record EdgeArguments(string Command, string ConfigFile, string? DataFolder, string? Token = null)
{
    public const string Help = $"""
        edge run --config edge.yaml [--data DIR] [--enrol TOKEN]
                                               runs this edge until it is told to stop; a token of the hub's
                                               (devices token EDGE) enrols it, '-' reads one from standard input
        edge check-config --config edge.yaml   reads the configuration and names every fault
        {UpdateCommands.Help}

        Exit codes: 0 done, 1 failed, 2 wrong usage, 7 the configuration has faults, or the update is refused.
        """;

    private const string ConfigFileDefault = "edge.yaml";

    /// <summary>Reads the arguments; null if they are not understood.</summary>
    public static EdgeArguments? Read(string[] args)
    {
        if (args is ["--help"] or ["-h"] or ["help"])
        {
            return new EdgeArguments("help", ConfigFileDefault, null);
        }

        if (args is not ["run" or "check-config", ..])
        {
            return null;
        }

        var arguments = new EdgeArguments(args[0], ConfigFileDefault, null);
        for (var i = 1; i < args.Length; i += 2)
        {
            switch (args[i])
            {
                case "--config" when i + 1 < args.Length:
                    arguments = arguments with { ConfigFile = args[i + 1] };
                    break;
                case "--data" when i + 1 < args.Length && args[0] == "run":
                    arguments = arguments with { DataFolder = args[i + 1] };
                    break;
                case "--enrol" when i + 1 < args.Length && args[0] == "run":
                    arguments = arguments with { Token = args[i + 1] };
                    break;
                default:
                    return null;
            }
        }

        return arguments;
    }
}
