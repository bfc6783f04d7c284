using Hub.Edge.Sampling;
using Hub.Edge.Sysfs;
using Hub.Testing;

namespace Hub.Edge.Tests.Sysfs;

/// <summary>A folder that looks as /sys does on a Pi with sensors.</summary>
internal sealed class SensorTree : IDisposable
{
    private readonly TempFolder _folder = new();

    public SensorTree()
    {
        Write("bus/w1/devices/28-0316a279/temperature", "21375\n");
        Write("bus/w1/devices/28-0316a279/name", "28-0316a279\n");
        Write("bus/w1/devices/w1_bus_master1/name", "w1_bus_master1\n");
        Write("bus/iio/devices/iio:device0/name", "bme280\n");
        Write("bus/iio/devices/iio:device0/in_temp_input", "22160\n");
        Write("bus/iio/devices/iio:device0/in_humidityrelative_input", "45200.5\n");
        Write("bus/iio/devices/iio:device0/in_pressure_input", "101.325\n");
        Write("bus/iio/devices/iio:device1/name", "ads1015\n");
        Write("bus/iio/devices/iio:device1/in_voltage0_raw", "1200\n");
        Write("bus/iio/devices/iio:device1/in_voltage1_raw", "100\n");
        Write("bus/iio/devices/iio:device1/in_voltage1_scale", "2\n");
        Write("bus/iio/devices/iio:device1/in_voltage_scale", "3.0\n");
        Write("bus/iio/devices/iio:device1/in_voltage1_offset", "-50\n");
        Write("class/hwmon/hwmon0/name", "cpu_thermal\n");
        Write("class/hwmon/hwmon0/temp1_input", "48312\n");
        Write("class/hwmon/hwmon1/name", "rpi_volt\n");
        Write("class/hwmon/hwmon1/in0_input", "4980\n");
    }

    public string this[string path] => _folder[path];

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
    }

    public SensorOptions Sensor(string path, string? chip = null, string signal = "climate.temperature") => new()
    {
        Path = this[path],
        Chip = chip,
        Point = new SampledPoint { Device = "riser", Signal = signal, ValueMin = -40, ValueMax = 2_000 },
    };

    public (double Value, string? Fault) Read(string path, string? chip = null) => SensorFile.Read(Sensor(path, chip));

    public void Dispose() => _folder.Dispose();
}
