using Hub.Gateway.Waiting;

namespace Hub.Gateway.Series;

/// <summary>
/// Brings a batch to a time-series database, however long that takes: while it is away the same batch waits; where it
/// refuses the batch for what is in it, the batch is halved until the bad readings are alone, and those are handed
/// back.
/// </summary>
public sealed partial class SeriesDelivery(
    ISeriesWriter writer, InfluxOptions options, ILogger<SeriesDelivery> logger, Random? jitter = null)
{
    private readonly RequestPace _pace = new(options.BatchReadingsMax, options.RequestTimeAim);
    private readonly RetryDelay _delay = new(options.RetryDelayMax, jitter ?? Random.Shared);

    private volatile string? _trouble;

    /// <summary>Why nothing arrives at the moment, as a sentence; null while all is well.</summary>
    public string? Trouble => _trouble;

    /// <summary>How many readings make a request at the moment.</summary>
    public int BatchReadings => _pace.Readings;

    /// <summary>Returns when every reading is accepted or in <paramref name="parked"/>.</summary>
    public async Task DeliverAsync(
        ReadOnlyMemory<SeriesReading> batch, List<ParkedReading> parked, CancellationToken cancel)
    {
        var parkedBefore = parked.Count;
        var waiting = new Stack<ReadOnlyMemory<SeriesReading>>();
        if (batch.Length > 0)
        {
            waiting.Push(batch);
        }

        while (waiting.TryPop(out var part))
        {
            if (part.Length > _pace.Readings)
            {
                waiting.Push(part[_pace.Readings..]);
                part = part[.._pace.Readings];
            }

            switch (await WriteAsync(part, cancel))
            {
                case WriteAnswer.Rejected rejected when part.Length == 1:
                    var bad = part.Span[0];
                    parked.Add(new ParkedReading(bad.Point, bad.AtTicks, bad.Value, rejected.Reason));
                    break;
                case WriteAnswer.Rejected:
                    waiting.Push(part[(part.Length / 2)..]);
                    waiting.Push(part[..(part.Length / 2)]);
                    break;
                default:
                    break;
            }
        }

        if (parked.Count > parkedBefore)
        {
            Refused(logger, parked.Count - parkedBefore, parked[parkedBefore].Reason);
        }
    }

    private async Task<WriteAnswer> WriteAsync(ReadOnlyMemory<SeriesReading> part, CancellationToken cancel)
    {
        while (true)
        {
            var from = options.Clock.GetTimestamp();
            var answer = await writer.WriteAsync(part, cancel);
            if (answer is not WriteAnswer.TryAgain again)
            {
                _pace.Took(part.Length, options.Clock.GetElapsedTime(from));
                Recover();
                return answer;
            }

            _pace.Failed();
            var delay = _delay.Next(again.After);
            if (_trouble is null)
            {
                Away(logger, again.Reason);
            }

            _trouble = again.Reason;
            await Task.Delay(delay, options.Clock, cancel);
        }
    }

    private void Recover()
    {
        _delay.Reset();
        if (_trouble is not null)
        {
            Back(logger);
            _trouble = null;
        }
    }
}
