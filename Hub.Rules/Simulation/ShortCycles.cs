namespace Hub.Rules.Simulation;

/// <summary>A pump that starts every minute and runs for 20 s, in place of its own runs.</summary>
internal static class ShortCycles
{
    private const long Period = TimeSpan.TicksPerMinute;
    private const long Length = TimeSpan.TicksPerSecond * 20;

    /// <summary>The runs outside the faulty spans as they were, and short ones inside that touch the span.</summary>
    public static IReadOnlyList<Use> Among(
        IReadOnlyList<Use> runs, IEnumerable<(long From, long To)> faulty, long from, long to)
    {
        List<Use> result = [.. runs];
        foreach (var (begins, ends) in faulty)
        {
            var rate = runs.Count > 0 ? runs[0].Rate : 0;
            result = [.. result.SelectMany(run => Outside(run, begins, ends))];
            var first = begins + (Math.Max(0, (from - begins) / Period - 1) * Period);
            for (var start = first; start < Math.Min(ends, to); start += Period)
            {
                result.Add(new Use(start, Math.Min(start + Length, ends), rate));
            }
        }

        return result;
    }

    private static IEnumerable<Use> Outside(Use run, long begins, long ends)
    {
        if (run.From < begins)
        {
            yield return run with { To = Math.Min(run.To, begins) };
        }

        if (run.To > ends)
        {
            yield return run with { From = Math.Max(run.From, ends) };
        }
    }
}
