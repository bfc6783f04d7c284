namespace Hub.Proof.Tests.Simulation;

/// <summary>A world in which one thing goes wrong, at one call to one disk.</summary>
internal sealed partial class World
{
    private const int ScriptSteps = 24;
    private const int MendedAfterSteps = 6;

    private DiskFault? _fault;

    /// <summary>Whether anybody has been told of the script's fault, by a program that ended or by a line in its log.</summary>
    public bool IsFaultTold { get; private set; }

    /// <summary>How often each kind of call came to the script's disk.</summary>
    public IReadOnlyList<int> ScriptCalls { get; private set; } = [];

    /// <summary>The same minutes every time, but for the fault.</summary>
    /// <param name="disk">Whose disk it is.</param>
    public World RunScript(SimulatedDisk disk, DiskFault fault)
    {
        _fault = disk.Fault = fault;
        Array.Clear(disk.Calls);
        var struckFor = 0;
        for (var step = 0; step < MendedStepsMax && !HasCaughtUp; step++)
        {
            var told = Told();
            Step(isTroubled: step < ScriptSteps);
            IsFaultTold |= fault.HasStruck && Told() != told;
            if (fault.HasStruck && ++struckFor > MendedAfterSteps)
            {
                fault.Mend();
            }

            HasCaughtUp = step >= ScriptSteps && !fault.IsOn && HasEverythingArrived();
        }

        fault.Mend();
        ScriptCalls = [.. disk.Calls];
        Hub.Settle();
        return this;
    }

    /// <summary>How often somebody could have noticed that a disk fails.</summary>
    private long Told() => Hub.Told + _edges.Sum(edge => edge.Told);
}
