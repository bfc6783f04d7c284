using Hub.Gateway.Series;
using Hub.Gateway.Tests.Series;

namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// An InfluxDB that is away, slow or half done as the simulation says; what it has, it has for good. The baits of its
/// client are here.
/// </summary>
internal sealed class SimulatedInflux(Random random, Bait bait)
{
    private bool _hasFailed;

    public InMemoryInflux Kept { get; } = new();

    public bool IsAway { get; set; }

    /// <summary>Some requests time out although they are done, wholly or in part.</summary>
    public bool IsSlow { get; set; }

    public long Requests { get; private set; }

    /// <summary>The way in for one life of the hub, with what that life has in memory only.</summary>
    public Door Open() => new(this);

    private WriteAnswer Write(ReadOnlyMemory<SeriesReading> batch)
    {
        Requests++;
        if (bait == Bait.RetryDropsBatch && _hasFailed)
        {
            _hasFailed = false;
            return WriteAnswer.Taken;
        }

        _hasFailed = true;
        if (IsAway)
        {
            return new WriteAnswer.TryAgain("It is away.");
        }

        if (IsSlow && random.Next(2) == 0)
        {
            Store(batch[..random.Next(batch.Length + 1)]);
            return bait == Bait.PartialWriteTakenForWhole ? WriteAnswer.Taken : new WriteAnswer.TryAgain("It timed out.");
        }

        _hasFailed = false;
        return Store(batch);
    }

    private WriteAnswer Store(ReadOnlyMemory<SeriesReading> batch)
    {
        if (bait == Bait.OneValuePerInstant)
        {
            batch = batch.ToArray().Select(reading => reading with { Ordinal = 0 }).ToArray();
        }

        return Kept.WriteAsync(batch, CancellationToken.None).AsTask().Result;
    }

    internal sealed class Door(SimulatedInflux influx) : ISeriesWriter
    {
        private ReadOnlyMemory<SeriesReading> _later;

        public ValueTask<WriteAnswer> WriteAsync(ReadOnlyMemory<SeriesReading> batch, CancellationToken cancel)
        {
            if (influx.Bait != Bait.InfluxCursorBeforeWrite)
            {
                return ValueTask.FromResult(influx.Write(batch));
            }

            influx.Store(_later);
            _later = batch.ToArray();
            return ValueTask.FromResult(WriteAnswer.Taken);
        }

        /// <summary>What a hub in good health would have brought by now.</summary>
        public void Flush()
        {
            influx.Store(_later);
            _later = default;
        }
    }

    private Bait Bait => bait;
}
