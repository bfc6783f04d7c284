namespace Hub.Edge.Setup;

/// <summary>A checked configuration, or every fault in the file.</summary>
/// <param name="Options">Null if there is any fault.</param>
public sealed record EdgeFileAnswer(EdgeOptions? Options, IReadOnlyList<Fault> Faults)
{
    /// <summary>What it calls itself, whatever else is wrong in it; empty if that can't be read.</summary>
    public string Version { get; init; } = "";
}
