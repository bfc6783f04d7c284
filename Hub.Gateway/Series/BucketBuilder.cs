namespace Hub.Gateway.Series;

/// <summary>Sums readings in time order, or what is summed up already, up into equal stretches. Pure.</summary>
internal sealed class BucketBuilder
{
    private readonly Bucket[] _buckets;
    private readonly long _from;
    private readonly long _width;

    public BucketBuilder(long from, long to, int buckets)
        : this(from, to, buckets, Math.Max(1, (to - from + buckets - 1) / buckets))
    {
    }

    public BucketBuilder(long from, long to, int buckets, long width)
    {
        (_from, _width) = (from, width);
        _buckets = new Bucket[buckets];
        for (var i = 0; i < buckets; i++)
        {
            var start = from + (i * width);
            _buckets[i] = Bucket.Gap(Math.Min(start, to), Math.Min(start + width, to));
        }
    }

    public void Add(in Bucket part)
    {
        ref var bucket = ref _buckets[(int)((part.FromTicks - _from) / _width)];
        bucket = bucket.With(part);
    }

    public IReadOnlyList<Bucket> Build() => _buckets;
}
