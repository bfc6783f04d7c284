using Hub.Edge.Modbus;
using Hub.Edge.Sampling;
using Hub.Edge.Tests.Sampling;
using Hub.Testing;

namespace Hub.Edge.Tests.Modbus;

/// <summary>A bus under a hand-moved clock, whose devices answer as each test says.</summary>
public sealed class ModbusBusTests : IModbusLink
{
    private readonly ManualTime _time = new();
    private readonly ToldValues _told = new();
    private readonly List<(byte Unit, double Second)> _asked = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly DateTimeOffset _begin;
    private Func<ReadRequest, ModbusAnswer> _answer = request => Answer(request, 0x002A);

    public ModbusBusTests() => _begin = _time.GetUtcNow();

    [Fact]
    public async Task Each_device_is_asked_in_its_rhythm()
    {
        var second = Registers.Of(5, unit: 2, device: "pump");
        second = second with { Point = second.Point with { Interval = TimeSpan.FromSeconds(25) } };
        await RunAsync([Registers.Of(0), second],
            () => _asked.Count >= 6);

        Assert.Equal([(1, 0), (2, 0), (1, 10), (1, 20), (2, 25), (1, 30)],
            _asked.Take(6).Select(asked => ((int)asked.Unit, asked.Second)));
        Assert.Equal([42], _told.Of("pump/r5")[..1]);
        Assert.Equal([1], _told.Of("meter/device.online"));
    }

    [Fact]
    public async Task Silence_is_asked_again_a_few_times_and_then_rests_so_that_the_others_have_the_bus()
    {
        _answer = request =>
        {
            if (request.Unit != 1 || _asked.Count > 12)
            {
                return Answer(request, 7);
            }

            _time.Advance(TimeSpan.FromSeconds(1)); // So long it was waited for.
            return ModbusAnswer.Passing("Silence.");
        };
        await RunAsync([Registers.Of(0), Registers.Of(0, unit: 2, device: "pump")],
            () => _told.Of("meter/device.online") is [0, 1]);

        Assert.Equal([0, 1, 2, 33, 34, 35], SecondsOf(unit: 1).Take(6));
        Assert.Equal([3, 10, 20, 30], SecondsOf(unit: 2).Take(4));
    }

    [Fact]
    public async Task A_refusal_is_not_asked_again_and_costs_its_own_registers_only()
    {
        _answer = request => request.Address == 0 ? ModbusAnswer.Lasting("It refuses.") : Answer(request, 9);
        await RunAsync([Registers.Of(0), Registers.Of(9, device: "pump")], () => _asked.Count >= 6);

        Assert.Equal([0, 0, 10, 10, 20, 20], _asked.Take(6).Select(asked => asked.Second));
        Assert.Equal([0], _told.Of("meter/device.online"));
        Assert.Equal([9, 9], _told.Of("pump/r9")[..2]);
    }

    [Fact]
    public async Task A_device_that_has_no_value_is_there_all_the_same()
    {
        _answer = request => Answer(request, 0xFFFF);
        await RunAsync([Registers.Of(0)], () => _asked.Count >= 4);

        Assert.Empty(_told.Of("meter/r0"));
        Assert.Equal([1], _told.Of("meter/device.online"));
    }

    public Task<ModbusAnswer> AskAsync(ReadRequest request, CancellationToken cancel)
    {
        lock (_asked)
        {
            _asked.Add((request.Unit, (_time.GetUtcNow() - _begin).TotalSeconds));
            return Task.FromResult(_answer(request));
        }
    }

    public void Dispose()
    {
        _told.Dispose();
        _stop.Dispose();
    }

    private static ModbusAnswer Answer(ReadRequest request, ushort value) => new(
        Enumerable.Range(0, request.Count).SelectMany(_ => new[] { (byte)(value >> 8), (byte)value }).ToArray(),
        null, false);

    private IEnumerable<double> SecondsOf(byte unit) =>
        _asked.Where(asked => asked.Unit == unit).Select(asked => asked.Second);

    private async Task RunAsync(RegisterOptions[] registers, Func<bool> isEnough)
    {
        var bus = new ModbusBus(
            new BusOptions { Host = "scripted", Registers = registers }, new Link(this),
            new DeviceFaults(_told, _time), _told, _time);
        var running = bus.RunAsync(_stop.Token);
        while (!isEnough())
        {
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        await _stop.CancelAsync();
        await running;
    }

    /// <summary>The bus gives its link back at its end; the test's own end is xUnit's.</summary>
    private sealed class Link(IModbusLink devices) : IModbusLink
    {
        public Task<ModbusAnswer> AskAsync(ReadRequest request, CancellationToken cancel) =>
            devices.AskAsync(request, cancel);

        public void Dispose()
        {
        }
    }
}
