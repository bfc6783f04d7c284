using Hub.Edge.Setup;

namespace Hub.Edge;

/// <summary>The exit codes, the same as the hub's.</summary>
internal static class Exit
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int CheckFailed = 7;

    public static int Refused(IEnumerable<Fault> faults)
    {
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault);
        }

        return CheckFailed;
    }
}
