namespace Hub.Gateway.EdgeConfig;

/// <summary>The configuration that is wanted of one edge, and what the edge says, at one look.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Wanted">What is wanted, or that it was taken back; null if nothing ever was.</param>
/// <param name="Reported">The version that it runs with, by its last word; null if it has never said.</param>
/// <param name="ReportedAt">Since when it says so.</param>
/// <param name="IsOnline">Whether it is there.</param>
/// <param name="Faults">Why it refused what is wanted, in its own words.</param>
public sealed record ConfigLook(
    ConfigState State, WantedConfig? Wanted, string? Reported, DateTimeOffset? ReportedAt, bool IsOnline,
    IReadOnlyList<string> Faults)
{
    /// <summary>Of an edge that nobody has heard of.</summary>
    public static readonly ConfigLook Nothing = new(ConfigState.None, null, null, null, false, []);

    /// <summary>The state as the API and the pages' words know it.</summary>
    public string Word => State switch
    {
        ConfigState.None => "none",
        ConfigState.InForce => "in-force",
        ConfigState.Refused => "refused",
        ConfigState.Waiting => "waiting",
        _ => "away",
    };

    /// <summary>The edge says that it runs with this: since now, unless it has said so before.</summary>
    public ConfigLook Reporting(string version, DateTimeOffset at) =>
        version == Reported ? this : this with { Reported = version, ReportedAt = at };

    /// <summary>What the edge has said is the same.</summary>
    public bool SaysAs(ConfigLook other) =>
        (Reported, ReportedAt) == (other.Reported, other.ReportedAt) && Faults.SequenceEqual(other.Faults);

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
