namespace Hub.Gateway.Cli;

/// <summary>What the program's exit code tells a script.</summary>
public static class ExitCode
{
    public const int Ok = 0;
    public const int Failure = 1;
    public const int Usage = 2;

    /// <summary>A check ran and found something wrong.</summary>
    public const int CheckFailed = 7;
}
