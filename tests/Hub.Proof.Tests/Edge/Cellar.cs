using Hub.Edge.Sensing;

namespace Hub.Proof.Tests.Edge;

/// <summary>What hangs on the pins of a <see cref="MeteredEdge"/>: meters that turn in rounds, and doors.</summary>
/// <param name="edge">Its name begins those of all devices.</param>
internal sealed class Cellar(string edge)
{
    public const string Volume = "water.volume";

    public IReadOnlyList<LineOptions> Meters { get; } =
    [
        .. Enumerable.Range(0, 4).Select(line => new LineOptions
        {
            Line = line,
            Kind = LineKind.Pulse,
            Device = $"{edge}-meter-{line}",
            Signal = Volume,
            PulseWeight = 0.001 * (line + 1),
            Start = 12.5 * line,
        }),
    ];

    public IReadOnlyList<LineOptions> Doors { get; } =
    [
        .. Enumerable.Range(4, 2).Select(line => new LineOptions
        {
            Line = line,
            Kind = LineKind.Contact,
            Device = $"{edge}-door-{line}",
            Signal = "door.open",
        }),
    ];

    public static double ValueOf(LineOptions meter, long count) => meter.Start + count * meter.PulseWeight;

    public static long CountOf(LineOptions meter, double value) =>
        (long)Math.Round((value - meter.Start) / meter.PulseWeight);

    /// <summary>Each rests now and then, so that no two stand alike.</summary>
    public static bool Turns(LineOptions meter, int round) => round % RestEvery(meter) != 0;

    /// <summary>In so many rounds.</summary>
    public static int TurnsIn(LineOptions meter, int rounds) => rounds - rounds / RestEvery(meter);

    private static int RestEvery(LineOptions meter) => meter.Line + 3;
}
