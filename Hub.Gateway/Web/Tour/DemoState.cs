namespace Hub.Gateway.Web.Tour;

/// <summary>How the simulated building stands.</summary>
/// <param name="Speed">How many seconds of the building pass in one of ours.</param>
/// <param name="Readings">Readings in the journal so far.</param>
/// <param name="ReadingsPerSecond">Readings taken per second of our time, over the last few seconds.</param>
/// <param name="Faults">What has been started and not yet healed.</param>
/// <param name="CutEdges">The edges whose network is cut just now.</param>
public sealed record DemoState(
    int Speed, long Readings, double ReadingsPerSecond, IReadOnlyList<DemoFault> Faults, IReadOnlyList<string> CutEdges)
{
    public static readonly DemoState Still = new(1, 0, 0, [], []);
}
