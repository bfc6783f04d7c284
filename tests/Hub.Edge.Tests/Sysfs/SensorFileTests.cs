namespace Hub.Edge.Tests.Sysfs;

public sealed class SensorFileTests : IDisposable
{
    private readonly SensorTree _sys = new();

    [Theory]
    [InlineData("bus/w1/devices/28-*/temperature", null, 21.375)]
    [InlineData("bus/iio/devices/iio:device*/in_temp_input", null, 22.16)]
    [InlineData("bus/iio/devices/iio:device?/in_humidityrelative_input", "bme280", 45.2005)]
    [InlineData("bus/iio/devices/*/in_pressure_input", "bme280", 101.325)]
    [InlineData("bus/iio/devices/iio:device1/in_voltage0_raw", null, 3.6)]
    [InlineData("bus/iio/devices/iio:device1/in_voltage1_raw", null, 0.1)]
    [InlineData("class/hwmon/hwmon*/temp1_input", "cpu_thermal", 48.312)]
    [InlineData("class/hwmon/hwmon*/in0_input", "rpi_volt", 4.98)]
    public void A_value_is_read_in_whole_units_with_the_drivers_scale_and_offset(
        string path, string? chip, double expected)
    {
        var (value, fault) = _sys.Read(path, chip);

        Assert.Null(fault);
        Assert.Equal(expected, value, 9);
    }

    [Theory]
    [InlineData("bus/w1/devices/29-*/temperature", null, "'29-*'", "28-0316a279, w1_bus_master1")]
    [InlineData("bus/spi/devices/x", null, "'spi'", "iio, w1")]
    [InlineData("class/hwmon/hwmon*/name", null, "2 files match", "hwmon0/name (cpu_thermal)")]
    [InlineData("bus/iio/devices/*/in_temp_input", "bmp180", "'bmp180'", "in_temp_input (bme280)")]
    [InlineData("bus/iio/devices/iio:device0/name", null, "'bme280'", "is no number")]
    [InlineData("bus/iio/devices/iio:device0", null, "can't be read", "iio:device0")]
    public void A_pattern_that_finds_none_or_several_says_what_is_there(
        string path, string? chip, string what, string there)
    {
        var (_, fault) = _sys.Read(path, chip);

        Assert.Contains(what, fault, StringComparison.Ordinal);
        Assert.Contains(there, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_85_degrees_of_a_sensor_that_lost_its_power_are_no_temperature()
    {
        _sys.Write("bus/w1/devices/28-0316a279/temperature", "85000\n");
        Assert.Contains("lost its power", _sys.Read("bus/w1/devices/28-*/temperature").Fault, StringComparison.Ordinal);

        _sys.Write("bus/w1/devices/28-0316a279/temperature", "85062\n");
        Assert.Equal(85.062, _sys.Read("bus/w1/devices/28-*/temperature").Value, 9);
    }

    [Fact]
    public void An_input_output_error_of_the_kernels_is_a_fault()
    {
        // Its first page isn't mapped: reading from its beginning is EIO, as a 1-wire sensor's wrong checksum is.
        File.Delete(_sys["bus/w1/devices/28-0316a279/temperature"]);
        File.CreateSymbolicLink(_sys["bus/w1/devices/28-0316a279/temperature"], "/proc/self/mem");

        Assert.Contains("Input/output error", _sys.Read("bus/w1/devices/28-*/temperature").Fault,
            StringComparison.Ordinal);
    }

    public void Dispose() => _sys.Dispose();
}
