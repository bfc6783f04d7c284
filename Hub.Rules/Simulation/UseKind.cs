namespace Hub.Rules.Simulation;

internal enum UseKind
{
    /// <summary>Litres per hour.</summary>
    Water,

    /// <summary>Watts.</summary>
    Power,

    /// <summary>1 while the door is open.</summary>
    Door,

    /// <summary>1 while the pump runs.</summary>
    Run,
}
