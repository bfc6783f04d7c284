using System.Globalization;
using Hub.Edge.Sampling;
using Hub.Edge.Sensing;

namespace Hub.Edge.Sysfs;

/// <summary>
/// Reads a sensor in its rhythm. A reading has a thread of its own, as a driver may take seconds over it, and there is
/// never a second one meanwhile: a driver that hangs costs its own sensor and one thread.
/// </summary>
public sealed class SensorWatch(
    SensorOptions sensor, DeviceFaults faults, ISensingSink sink, TimeProvider time, TimeProvider pace)
{
    public async Task RunAsync(CancellationToken stopping)
    {
        var sampler = new PointSampler(sensor.Point, faults, sink, time);
        var reading = Task.FromResult<(double Value, string? Fault)>(default);
        try
        {
            while (true)
            {
                if (reading.IsCompleted)
                {
                    reading = Task.Factory.StartNew(
                        () => SensorFile.Read(sensor), CancellationToken.None, TaskCreationOptions.LongRunning,
                        TaskScheduler.Default);
                }

                Judge(sampler, await AnswerAsync(reading, stopping));
                await Task.Delay(sensor.Point.Interval, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private static void Judge(PointSampler sampler, (double Value, string? Fault) answer)
    {
        if (answer.Fault is { } fault)
        {
            sampler.Miss(fault);
        }
        else
        {
            sampler.Take(answer.Value);
        }
    }

    private async Task<(double Value, string? Fault)> AnswerAsync(
        Task<(double Value, string? Fault)> reading, CancellationToken stopping)
    {
        try
        {
            return await reading.WaitAsync(sensor.Timeout, pace, stopping);
        }
        catch (TimeoutException)
        {
            var seconds = sensor.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            return (0, $"No answer within {seconds} s.");
        }
    }
}
