using System.Diagnostics;
using Hub.Edge.Sampling;
using Hub.Edge.Sysfs;
using Hub.Edge.Tests.Sampling;
using Hub.Testing;

namespace Hub.Edge.Tests.Sysfs;

public sealed class SensorWatchTests : IDisposable
{
    private const string Slow = "bus/w1/devices/28-slow/temperature";

    private readonly SensorTree _sys = new();
    private readonly ManualTime _time = new();
    private readonly ToldValues _told = new();
    private readonly DeviceFaults _faults;

    public SensorWatchTests() => _faults = new DeviceFaults(_told, _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sensor_that_vanishes_is_a_fault_and_comes_back_by_itself_under_another_number()
    {
        await WatchAsync([_sys.Sensor("class/hwmon/hwmon*/temp1_input", "cpu_thermal")], async () =>
        {
            await _told.UntilAsync(() => _told.Of("riser/climate.temperature").Length > 0, Cancel);
            Directory.Delete(_sys["class/hwmon/hwmon0"], recursive: true);
            await TimeUntilAsync(() => _told.Of("riser/device.online") is [1, 0]);
            Assert.Contains("'temp1_input'", _faults.First, StringComparison.Ordinal);
            Assert.Contains("in0_input", _faults.First, StringComparison.Ordinal);

            _sys.Write("class/hwmon/hwmon7/name", "cpu_thermal\n");
            _sys.Write("class/hwmon/hwmon7/temp1_input", "50000\n");
            await TimeUntilAsync(() => _told.Of("riser/device.online") is [1, 0, 1]);

            Assert.Null(_faults.First);
            Assert.Equal(50, _told.Of("riser/climate.temperature")[^1], 9);
        });
    }

    [Fact]
    public async Task One_that_does_not_answer_is_a_fault_holds_up_no_other_and_is_not_asked_twice_at_a_time()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_sys[Slow])!);
        await Process.Start("mkfifo", [_sys[Slow]]).WaitForExitAsync(Cancel);
        var slow = _sys.Sensor(Slow) with { Timeout = TimeSpan.FromSeconds(2) };
        slow = slow with { Point = slow.Point with { Device = "tank" } };
        await WatchAsync([slow, _sys.Sensor("bus/w1/devices/28-0316a279/temperature")], async () =>
        {
            await TimeUntilAsync(() => _told.Of("tank/device.online") is [0]
                && _told.Of("riser/climate.temperature").Length >= 3);
            Assert.Equal("tank/climate.temperature: No answer within 2 s.", _faults.First);

            await File.WriteAllTextAsync(_sys[Slow], "30000\n", Cancel); // The one reader that waits gets this.
            File.Delete(_sys[Slow]);
            _sys.Write(Slow, "31000\n");
            await TimeUntilAsync(() => _told.Of("tank/climate.temperature") is [.., 31]);

            Assert.Equal([0, 1], _told.Of("tank/device.online"));
            Assert.Null(_faults.First);
        });
    }

    public void Dispose()
    {
        _sys.Dispose();
        _told.Dispose();
    }

    private async Task WatchAsync(SensorOptions[] sensors, Func<Task> act)
    {
        using var stop = new CancellationTokenSource();
        var running = Task.WhenAll(sensors.Select(
            sensor => new SensorWatch(sensor, _faults, _told, _time, _time).RunAsync(stop.Token)));
        await act();
        await stop.CancelAsync();
        await running;
    }

    private async Task TimeUntilAsync(Func<bool> holds)
    {
        var held = Task.Run(async () =>
        {
            while (!holds())
            {
                await Task.Delay(1, Cancel);
            }
        }, Cancel);
        await _time.AdvanceUntilAsync(held, TimeSpan.FromSeconds(1));
    }
}
