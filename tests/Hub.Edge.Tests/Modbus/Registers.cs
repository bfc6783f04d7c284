using Hub.Edge.Modbus;
using Hub.Edge.Sampling;

namespace Hub.Edge.Tests.Modbus;

internal static class Registers
{
    public static RegisterOptions Of(
        int address, RegisterType type = RegisterType.U16, WordOrder order = WordOrder.Big, byte unit = 1,
        string device = "meter") => new()
        {
            Unit = unit,
            Address = address,
            Type = type,
            Order = order,
            Point = new SampledPoint { Device = device, Signal = $"r{address}", Interval = TimeSpan.FromSeconds(10) },
        };
}
