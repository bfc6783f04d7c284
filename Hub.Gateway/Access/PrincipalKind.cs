namespace Hub.Gateway.Access;

/// <summary>What a name stands for. The numbers are in hub.db.</summary>
public enum PrincipalKind
{
    /// <summary>Publishes under its own name, and hears what is meant for it.</summary>
    Device = 1,

    /// <summary>A program: may what its topic patterns say.</summary>
    Account = 2,
}
