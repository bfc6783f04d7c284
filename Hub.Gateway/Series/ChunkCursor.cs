namespace Hub.Gateway.Series;

/// <summary>One opened chunk on the way through a merge.</summary>
internal sealed class ChunkCursor(long id, Sample[] samples, int at, int end)
{
    public long Id => id;

    public bool IsAtEnd => at >= end;

    public long AtTicks => samples[at].AtTicks;

    public Sample Take() => samples[at++];

    /// <summary>The part of a chunk in time order with from &lt;= time &lt; to.</summary>
    public static ChunkCursor Between(long id, Sample[] samples, long from, long to) =>
        new(id, samples, FirstAtOrAfter(samples, from), FirstAtOrAfter(samples, to));

    private static int FirstAtOrAfter(Sample[] samples, long ticks)
    {
        var (low, high) = (0, samples.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = samples[middle].AtTicks < ticks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
