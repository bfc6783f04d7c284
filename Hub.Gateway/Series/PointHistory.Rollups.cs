using Hub.Rules.Readings;

namespace Hub.Gateway.Series;

/// <summary>
/// What is rolled up: pages where they are, and what they don't know yet (or was never worth a page) from finer ones,
/// down to the readings.
/// </summary>
internal sealed partial class PointHistory
{
    /// <summary>
    /// A stretch's bytes are those of 15 to 30 readings of a meter: with fewer, reading them is as fast, and costs no
    /// room.
    /// </summary>
    private const int ReadingsAStretchMin = 30;

    private readonly Dictionary<(int Level, long Page), Bucket[]> _rolled = [];

    /// <summary>
    /// The coarsest whose stretches are no longer than that; where the readings are no longer kept, the finest that is,
    /// if that is coarser.
    /// </summary>
    public Resolution ResolutionFor(long from, long width)
    {
        var resolution = Resolution.All.LastOrDefault(one => one.BucketTicks <= width, Resolution.All[0]);
        var coarsest = Resolution.All[^1];
        if (IsWhole(from) || FirstPage(coarsest) is not { } page)
        {
            return resolution;
        }

        // A chart may begin before there was anything.
        var start = Math.Max(from, Stored(coarsest, page)?[0].FromTicks ?? page);
        while (resolution != coarsest
            && (FirstPage(resolution) is not { } first || first > resolution.PageOf(start)))
        {
            resolution = Resolution.All[resolution.Level + 1];
        }

        return resolution;
    }

    /// <summary>
    /// The stretches of one resolution that have readings: from its pages, and where there is none (or one that does
    /// not know the newest readings yet) from finer ones, down to the readings.
    /// </summary>
    public IEnumerable<Bucket> Buckets(Resolution resolution, long from, long to)
    {
        foreach (var page in KnownPages(resolution, from, to))
        {
            if (Page(resolution, page) is not { } known)
            {
                continue;
            }

            foreach (var bucket in Condense(resolution, from, page))
            {
                yield return bucket;
            }

            foreach (var bucket in known.Where(bucket => bucket.FromTicks >= from && bucket.FromTicks < to))
            {
                yield return bucket;
            }

            from = page + resolution.PageTicks;
        }

        foreach (var bucket in Condense(resolution, from, to))
        {
            yield return bucket;
        }
    }

    /// <summary>
    /// The pages that a chunk belongs to. Where it has few readings for that many stretches, only those that are there
    /// already.
    /// </summary>
    public IEnumerable<long> PagesOf(in ChunkRef chunk, Resolution resolution, bool isAlways) =>
        isAlways || (chunk.Last - chunk.First) / resolution.BucketTicks * (ReadingsAStretchMin / 2) < chunk.Count
            ? resolution.Pages(chunk.First, chunk.Last + 1)
            : KnownPages(resolution, chunk.First, chunk.Last + 1);

    /// <summary>A page, of these readings and what is stored of it; null if it is not worth its room.</summary>
    public Bucket[]? RollUp(Resolution resolution, long page, bool isAlways)
    {
        var end = page + resolution.PageTicks;
        var buckets = Page(resolution, page) ?? [.. Condense(resolution, page, end)];
        var isWorth = isAlways || Stored(resolution, page) is not null
            || buckets.Sum(bucket => (long)bucket.Count) >= ReadingsAStretchMin * buckets.Length;
        if (!isWorth || buckets.Length == 0)
        {
            return null;
        }

        _rolled[(resolution.Level, page)] = buckets;
        return buckets;
    }

    private Bucket[]? Page(in Resolution resolution, long page)
    {
        if (_rolled.TryGetValue((resolution.Level, page), out var rolled))
        {
            return rolled;
        }

        var end = page + resolution.PageTicks;
        var news = Unrolled().Where(chunk => chunk.Last >= page && chunk.First < end).ToList();
        AddMemory(news, page, end);
        if (Stored(resolution, page) is not { } stored)
        {
            return null;
        }

        if (news.Count == 0)
        {
            return stored;
        }

        // The readings behind the page may be gone: what is new is put to it. Else it is made again from all of them.
        return IsWhole(page) ? null : Merged(resolution, stored, Walk(news, page, end));
    }

    private static Bucket[] Merged(Resolution resolution, Bucket[] stored, IEnumerable<Sample> news)
    {
        var buckets = new SortedDictionary<long, Bucket>(stored.ToDictionary(bucket => bucket.FromTicks));
        foreach (var sample in news.Where(sample => sample.Quality != Quality.Bad))
        {
            var start = resolution.BucketOf(sample.AtTicks);
            var bucket = buckets.GetValueOrDefault(start, Bucket.Gap(start, start + resolution.BucketTicks));
            buckets[start] = bucket.With(Bucket.Of(sample, double.NaN));
        }

        return [.. buckets.Values];
    }

    private Bucket[]? Stored(Resolution resolution, long page)
    {
        try
        {
            return Scalar(
                "SELECT data FROM rollups WHERE point = $1 AND level = $2 AND page = $3",
                _number, resolution.Level, page) is byte[] data
                ? RollupCodec.Read(data, resolution)
                : null;
        }
        catch (InvalidDataException)
        {
            _db.NoteDamage();
            return null;
        }
    }

    private List<long> KnownPages(Resolution resolution, long from, long to)
    {
        var pages = new List<long>();
        using var command = Command(
            "SELECT page FROM rollups WHERE point = $1 AND level = $2 AND page > $3 AND page < $4",
            _number, resolution.Level, from - resolution.PageTicks, to);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            pages.Add(rows.GetInt64(0));
        }

        pages.AddRange(_rolled.Keys.Where(key => key.Level == resolution.Level
            && key.Page > from - resolution.PageTicks && key.Page < to).Select(key => key.Page));
        return [.. pages.Distinct().Order()];
    }

    private long? FirstPage(Resolution resolution) => Scalar(
        "SELECT min(page) FROM rollups WHERE point = $1 AND level = $2", _number, resolution.Level) as long?;

    private IEnumerable<Bucket> Condense(Resolution resolution, long from, long to)
    {
        if (from >= to)
        {
            yield break;
        }

        var bucket = default(Bucket?);
        foreach (var part in resolution.Finer is { } finer ? Buckets(finer, from, to) : Readings(from, to))
        {
            if (bucket is { } known && part.FromTicks < known.ToTicks)
            {
                bucket = known.With(part);
                continue;
            }

            if (bucket is { } done)
            {
                yield return done;
            }

            var start = resolution.BucketOf(part.FromTicks);
            bucket = Bucket.Gap(start, start + resolution.BucketTicks).With(part);
        }

        if (bucket is { } last)
        {
            yield return last;
        }
    }
}
