namespace Hub.Gateway.Series;

/// <summary>Sums readings in time order up into equal stretches. Pure.</summary>
internal sealed class BucketBuilder
{
    private readonly Bucket[] _buckets;
    private readonly double[] _sums;
    private readonly long _from;
    private readonly long _width;

    public BucketBuilder(long from, long to, int buckets)
    {
        _from = from;
        _width = Math.Max(1, (to - from + buckets - 1) / buckets);
        _buckets = new Bucket[buckets];
        _sums = new double[buckets];
        for (var i = 0; i < buckets; i++)
        {
            var start = from + (i * _width);
            _buckets[i] = new Bucket(
                Math.Min(start, to), Math.Min(start + _width, to), 0,
                double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, 0, 0);
        }
    }

    public void Add(in Sample sample)
    {
        var place = (int)((sample.AtTicks - _from) / _width);
        ref var bucket = ref _buckets[place];
        _sums[place] += sample.Value;
        bucket = bucket.Count == 0
            ? bucket with
            {
                Count = 1,
                Min = sample.Value,
                Max = sample.Value,
                First = sample.Value,
                Last = sample.Value,
                FirstAtTicks = sample.AtTicks,
                LastAtTicks = sample.AtTicks,
            }
            : bucket with
            {
                Count = bucket.Count + 1,
                Min = Math.Min(bucket.Min, sample.Value),
                Max = Math.Max(bucket.Max, sample.Value),
                Last = sample.Value,
                LastAtTicks = sample.AtTicks,
            };
    }

    public IReadOnlyList<Bucket> Build()
    {
        for (var i = 0; i < _buckets.Length; i++)
        {
            if (!_buckets[i].IsGap)
            {
                // Of values that are all the same the mean is that value, not its neighbour by rounding.
                var mean = _sums[i] / _buckets[i].Count;
                _buckets[i] = _buckets[i] with { Mean = Math.Clamp(mean, _buckets[i].Min, _buckets[i].Max) };
            }
        }

        return _buckets;
    }
}
