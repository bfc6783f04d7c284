namespace Hub.Proof.Tests.Simulation;

/// <summary>What a power cut leaves of the writes that were not synced.</summary>
internal enum PowerCut
{
    KeepsAll,
    KeepsNothing,

    /// <summary>The first of them, each whole or torn.</summary>
    KeepsTheFirst,

    /// <summary>Any of them, each whole or torn.</summary>
    KeepsAny,
}
