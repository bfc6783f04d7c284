namespace Hub.Gateway.EdgeConfig;

/// <summary>The configuration that is wanted of one edge, and what the edge says, at one look.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Wanted">What is wanted, or that it was taken back; null if nothing ever was.</param>
/// <param name="Reported">The version that it runs with; null if it has not said since the hub started.</param>
/// <param name="IsOnline">Whether it is there.</param>
/// <param name="Faults">Why it refused what is wanted, in its own words.</param>
public sealed record ConfigLook(
    ConfigState State, WantedConfig? Wanted, string? Reported, bool IsOnline, IReadOnlyList<string> Faults)
{
    /// <summary>Of an edge that nobody has heard of.</summary>
    public static readonly ConfigLook Nothing = new(ConfigState.None, null, null, false, []);

    /// <summary>The state as the API and the pages' words know it.</summary>
    public string Word => State switch
    {
        ConfigState.None => "none",
        ConfigState.InForce => "in-force",
        ConfigState.Refused => "refused",
        ConfigState.Waiting => "waiting",
        _ => "away",
    };

    /// <summary>The same with the state that follows from the rest.</summary>
    public ConfigLook Judged() => this with
    {
        State = Wanted is not { IsTakenBack: false } wanted ? ConfigState.None
            : Reported == wanted.Version ? ConfigState.InForce
            : Faults.Count > 0 ? ConfigState.Refused
            : IsOnline ? ConfigState.Waiting
            : ConfigState.Away,
    };
}
