namespace Hub.Edge.Setup;

/// <summary>A checked configuration, or every fault in the file.</summary>
/// <param name="Options">Null if there is any fault.</param>
public sealed record EdgeFileAnswer(EdgeOptions? Options, IReadOnlyList<Fault> Faults);
