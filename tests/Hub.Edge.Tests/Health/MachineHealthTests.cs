using Hub.Edge.Health;
using Hub.Testing;

namespace Hub.Edge.Tests.Health;

/// <summary>A machine is a tree of files, as the kernel's documentation draws them.</summary>
public sealed class MachineHealthTests : IDisposable
{
    private const string Throttled = "sys/devices/platform/soc/soc:firmware/get_throttled";
    private const string Card = "sys/devices/platform/mmc/block/mmcblk0";

    private readonly TempFolder _root = new();

    [Fact]
    public void What_a_raspberry_pi_says_of_itself_is_told()
    {
        Write("proc/meminfo", "MemTotal:        8000000 kB\nMemFree:   1 kB\nMemAvailable:    2000000 kB\n");
        Write("proc/uptime", "86400.52 300000.10\n");
        Write("sys/class/thermal/thermal_zone0/temp", "61234\n");
        MakeCard();

        var told = Told();

        Assert.Equal((2048, 86_401), (told["device.memory.available"], told["device.uptime"]));
        Assert.Equal(61.2, told["device.temperature"]);
        Assert.Equal((51.2, 30), (told["device.disk.written"], told["device.disk.wear"]));
    }

    [Fact]
    public void What_is_not_on_this_machine_is_left_out()
    {
        Assert.DoesNotContain(Told().Keys, signal => signal is "device.memory.available" or "device.uptime"
            or "device.temperature" or "device.disk.written" or "device.disk.wear" or "device.undervoltage"
            or "device.throttled" or "device.cpu");

        MakeCard();
        File.Delete(_root[Card + "/device/life_time"]);
        Write("proc/meminfo", "nonsense\n");
        Assert.Contains("device.disk.written", Told().Keys);
        Assert.DoesNotContain(Told().Keys, signal => signal is "device.disk.wear" or "device.memory.available");
    }

    [Fact]
    public void A_dip_of_the_supply_between_two_looks_is_told_once()
    {
        var health = new MachineHealth("/data", _root.Path);
        Assert.Equal((0, 0), Power("0\n"));
        Assert.Equal((1, 0), Power("10000\n")); // It was too low, a moment ago.
        Assert.Equal((0, 0), Power("10000\n"));
        Assert.Equal((1, 1), Power("50005\n")); // It is, and the processor is held back.
        Assert.Equal((0, 1), Power("d0008\n"));

        (double Voltage, double Processor) Power(string state)
        {
            Write(Throttled, state);
            var told = health.Read().ToDictionary(one => one.Signal, one => one.Value);
            return (told["device.undervoltage"], told["device.throttled"]);
        }
    }

    [Fact]
    public void Without_the_firmwares_word_the_kernels_driver_tells_the_voltage()
    {
        Write("sys/class/hwmon/hwmon0/name", "cpu_thermal\n");
        Write("sys/class/hwmon/hwmon1/name", "rpi_volt\n");
        Write("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1\n");

        Assert.Equal(1, Told()["device.undervoltage"]);
        Assert.DoesNotContain("device.throttled", Told().Keys);
    }

    public void Dispose() => _root.Dispose();

    private Dictionary<string, double> Told() =>
        new MachineHealth("/data/edge", _root.Path).Read().ToDictionary(one => one.Signal, one => one.Value);

    /// <summary>The data folder is on the card's second partition; the whole card is what wears.</summary>
    private void MakeCard()
    {
        Write("proc/self/mountinfo",
            "22 1 0:21 / / rw - overlay overlay rw\n30 22 179:2 / /data rw,relatime - ext4 /dev/mmcblk0p2 rw\n");
        Write(Card + "/stat", "  100 0 800 50 200 0 100000 90 0 0 0\n");
        Write(Card + "/device/life_time", "0x03 0x02\n");
        Write(Card + "/mmcblk0p2/partition", "2\n");
        Write(Card + "/mmcblk0p2/stat", "1 0 8 1 2 0 16 1 0 0 0\n");
        Directory.CreateDirectory(_root["sys/dev/block"]);
        if (!Directory.Exists(_root["sys/dev/block/179:2"]))
        {
            Directory.CreateSymbolicLink(_root["sys/dev/block/179:2"], _root[Card + "/mmcblk0p2"]);
        }
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root[path])!);
        File.WriteAllText(_root[path], text);
    }
}
