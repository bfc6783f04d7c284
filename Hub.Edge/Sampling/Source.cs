namespace Hub.Edge.Sampling;

/// <summary>Something that is read in a loop of its own: a sensor, a bus, a broker.</summary>
/// <param name="Options">What it is, compared by value: a source of the same options is the same source.</param>
/// <param name="Points">What it tells.</param>
/// <param name="RunAsync">Reads until it is told to stop; a loop that ends before is a fault of the edge.</param>
public sealed record Source(
    object Options, IReadOnlyList<SampledPoint> Points, Func<CancellationToken, Task> RunAsync);
