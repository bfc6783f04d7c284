namespace Hub.Gateway.Cli;

/// <summary>What the program's exit code tells a script.</summary>
public static class ExitCode
{
    public const int Ok = 0;
    public const int Failure = 1;
    public const int Usage = 2;

    /// <summary>What was asked for isn't there.</summary>
    public const int NotFound = 3;

    /// <summary>It can't be done as things stand.</summary>
    public const int Conflict = 4;

    /// <summary>Whoever asks may not.</summary>
    public const int Forbidden = 5;

    /// <summary>No hub answers.</summary>
    public const int Unreachable = 6;

    /// <summary>A check ran and found something wrong.</summary>
    public const int CheckFailed = 7;

    /// <summary>It was sent, and whom it is for has not answered yet, or is away.</summary>
    public const int Pending = 8;
}
