using Hub.Edge.Sampling;
using Hub.Edge.Sensing;

namespace Hub.Edge.Modbus;

/// <summary>
/// Reads the devices of one bus, one question after the other, each in its rhythm; what is most overdue comes first. A
/// device that doesn't answer is asked again a few times, and rests for ten times as long as that took: however many
/// are dead, there is time for the others.
/// </summary>
public sealed class ModbusBus(
    BusOptions options, IModbusLink link, DeviceFaults faults, ISensingSink sink, TimeProvider time)
{
    private const int RestFactor = 10;

    private readonly Turn[] _turns = [.. ReadBatch.Of(options.Registers, options.GapMax).Select(batch =>
        new Turn(batch, [.. batch.Registers.Select(one => new PointSampler(one.Point, faults, sink, time))]))];

    /// <summary>The way that the options name.</summary>
    public static IModbusLink LinkOf(BusOptions options, TimeProvider pace) => options.Serial is { } serial
        ? new RtuLink(serial, options.Timeout, pace)
        : new TcpLink(options.Host, options.Port, options.Timeout, pace);

    public async Task RunAsync(CancellationToken stopping)
    {
        var begin = time.GetTimestamp();
        try
        {
            while (true)
            {
                var turn = _turns.MinBy(turn => turn.Due)!;
                var wait = turn.Due - time.GetElapsedTime(begin);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, time, stopping);
                }

                var asked = time.GetElapsedTime(begin);
                var answer = await AskAsync(turn.Batch.Request, stopping);
                turn.Take(answer);
                var now = time.GetElapsedTime(begin);
                var rest = answer.IsPassing ? RestFactor * (now - asked) : TimeSpan.Zero;
                turn.Due = Max(turn.Due + turn.Batch.Interval, now + rest);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            link.Dispose();
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private async Task<ModbusAnswer> AskAsync(ReadRequest request, CancellationToken stopping)
    {
        for (var retries = options.Retries; ; retries--)
        {
            stopping.ThrowIfCancellationRequested();
            var answer = await link.AskAsync(request, stopping);
            if (!answer.IsPassing || retries <= 0)
            {
                return answer;
            }
        }
    }

    private sealed class Turn(ReadBatch batch, IReadOnlyList<PointSampler> samplers)
    {
        public ReadBatch Batch => batch;

        /// <summary>Since the beginning.</summary>
        public TimeSpan Due { get; set; }

        public void Take(ModbusAnswer answer)
        {
            foreach (var (register, sampler) in batch.Registers.Zip(samplers))
            {
                if (answer.Fault is { } fault)
                {
                    sampler.Miss(fault);
                    continue;
                }

                var at = 2 * (register.Address - batch.Request.Address);
                if (RegisterValue.Read(answer.Data.Span[at..], register) is { } value)
                {
                    sampler.Take(value);
                }
                else
                {
                    sampler.Pass();
                }
            }
        }
    }
}
