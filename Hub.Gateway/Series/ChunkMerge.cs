namespace Hub.Gateway.Series;

/// <summary>
/// Merges chunks that may overlap (late data) into time order; readings of one instant come in journal order, which is
/// the order of the chunks' ids. Chunks are opened only when their time comes, so a long walk holds one or two. Pure.
/// </summary>
internal static class ChunkMerge
{
    public static IEnumerable<Sample> InTimeOrder(IReadOnlyList<ChunkRef> chunks, Func<ChunkRef, ChunkCursor> open)
    {
        var waiting = chunks.OrderBy(chunk => chunk.First).ThenBy(chunk => chunk.Id).ToArray();
        var next = 0;
        var opened = new PriorityQueue<ChunkCursor, (long, long)>();
        while (true)
        {
            while (next < waiting.Length
                && (!opened.TryPeek(out var first, out _) || waiting[next].First <= first.AtTicks))
            {
                Enqueue(open(waiting[next++]));
            }

            if (!opened.TryDequeue(out var chunk, out _))
            {
                yield break;
            }

            // Up to where nobody else has a say, the readings come from this chunk alone.
            var alone = Math.Min(
                opened.TryPeek(out var other, out _) ? other.AtTicks : long.MaxValue,
                next < waiting.Length ? waiting[next].First : long.MaxValue);
            do
            {
                yield return chunk.Take();
            }
            while (!chunk.IsAtEnd && chunk.AtTicks < alone);

            Enqueue(chunk);
        }

        void Enqueue(ChunkCursor chunk)
        {
            if (!chunk.IsAtEnd)
            {
                opened.Enqueue(chunk, (chunk.AtTicks, chunk.Id));
            }
        }
    }
}
