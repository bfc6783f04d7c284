using System.Text;
using Hub.Gateway.Series;

namespace Hub.Gateway.Tests.Series;

/// <summary>
/// Behaves as InfluxDB does: one value per series and time, the last one written stays; a batch with a bad line in it is
/// refused, though the good lines of it are kept. It fails by script.
/// </summary>
internal sealed class InMemoryInflux : ISeriesWriter
{
    public Dictionary<(string Series, long Nanoseconds), double> Stored { get; } = [];

    public Queue<WriteAnswer> Script { get; } = new();

    public Func<SeriesReading, bool> IsBad { get; set; } = _ => false;

    public int Requests { get; private set; }

    public int LargestRequest { get; private set; }

    public ValueTask<WriteAnswer> WriteAsync(ReadOnlyMemory<SeriesReading> batch, CancellationToken cancel)
    {
        Requests++;
        LargestRequest = Math.Max(LargestRequest, batch.Length);
        if (Script.TryDequeue(out var answer) && answer is not WriteAnswer.Accepted)
        {
            return ValueTask.FromResult(answer);
        }

        var hasBad = false;
        foreach (var reading in batch.Span)
        {
            hasBad |= IsBad(reading);
            if (!IsBad(reading))
            {
                var nanoseconds = ((reading.AtTicks - DateTime.UnixEpoch.Ticks) * 100) + reading.Ordinal;
                Stored[(Encoding.UTF8.GetString(reading.Series.Span), nanoseconds)] = reading.Value;
            }
        }

        return ValueTask.FromResult(hasBad ? new WriteAnswer.Rejected("partial write: bad value dropped=1") : WriteAnswer.Taken);
    }
}
