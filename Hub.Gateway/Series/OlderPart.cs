using Hub.Rules.Site;

namespace Hub.Gateway.Series;

/// <summary>The part of a chart that is older than the embedded history. Pure.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Parts">Its readings, or stretches of them, in time order.</param>
public sealed record OlderPart(OlderState State, IReadOnlyList<Bucket> Parts)
{
    public static readonly OlderPart None = new(OlderState.None, []);

    public static readonly OlderPart Unreached = new(OlderState.Unreached, []);

    public static readonly OlderPart Unavailable = new(OlderState.Unavailable, []);

    public static OlderPart Of(IReadOnlyList<Bucket> parts) => parts.Count == 0 ? None : new(OlderState.Shown, parts);

    /// <summary>
    /// Put into the stretches of the history, which begin after it. A register goes on from the one to the other.
    /// </summary>
    public IReadOnlyList<Bucket> Join(IReadOnlyList<Bucket> stretches, Point point)
    {
        if (Parts.Count == 0)
        {
            return stretches;
        }

        var joined = stretches.ToArray();
        var meeting = Array.FindIndex(joined, stretch => !stretch.IsGap);
        if (meeting >= 0 && Between(joined[meeting], point) is var used && !double.IsNaN(used))
        {
            ref var first = ref joined[meeting];
            first = first with { Used = double.IsNaN(first.Used) ? used : first.Used + used };
        }

        var (start, width) = (joined[0].FromTicks, joined[0].ToTicks - joined[0].FromTicks);
        foreach (var part in Parts)
        {
            ref var stretch = ref joined[(int)((part.FromTicks - start) / width)];
            stretch = stretch.With(part);
        }

        return joined;
    }

    /// <summary>What was used between the last older reading and the history's first.</summary>
    private double Between(in Bucket first, Point point)
    {
        var consumption = new Consumption(point);
        foreach (var part in Parts.Skip(Parts.Count - consumption.ReadingsBefore))
        {
            consumption.Take(new Sample(part.LastAtTicks, part.Last));
        }

        return consumption.Take(new Sample(first.FirstAtTicks, first.First));
    }
}
