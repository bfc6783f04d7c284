using System.Net;
using System.Net.Sockets;
using Hub.Edge.Modbus;
using Hub.Edge.Sampling;
using Hub.Edge.Tests.Sampling;
using Hub.Testing;

namespace Hub.Edge.Tests.Modbus;

/// <summary>Against libmodbus, over TCP and over a serial line that is a pair of terminals.</summary>
public sealed class ModbusServerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ToldValues _told = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tcp")]
    [InlineData("rtu")]
    public async Task Every_type_and_order_is_read_from_libmodbus_as_it_was_put_there(string kind)
    {
        await using var server = await StartAsync(kind);
        RegisterOptions[] map =
        [
            Registers.Of(0), Registers.Of(1, RegisterType.S16), Registers.Of(2, RegisterType.U32),
            Registers.Of(4, RegisterType.S32), Registers.Of(6, RegisterType.F32),
            Registers.Of(8, RegisterType.F32, WordOrder.Little), Registers.Of(10, RegisterType.F32, WordOrder.Swapped),
            Registers.Of(12, RegisterType.F64), Registers.Of(16, RegisterType.U64), Registers.Of(20),
            Registers.Of(21, RegisterType.F32), Registers.Of(299) with { Table = RegisterTable.Input },
        ];

        await RunAsync(Bus(kind, server) with { Registers = map }, () => _told.Of("meter/r299").Length > 0
            && _told.Of("meter/r16").Length > 0);

        double[][] expected =
        [
            [1234], [-5], [0x12345678], [unchecked((int)0xFFFF8001)], [21.5], [21.5], [21.5], [-1234567.875],
            [123456789012], [], [], [897],
        ];
        Assert.Equal(expected, map.Select(one => _told.Of(one.Point.Key)));
        Assert.Equal([1], _told.Of("meter/device.online"));
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("rtu")]
    public async Task A_long_question_is_answered_whole_and_a_refusal_comes_in_words(string kind)
    {
        await using var server = await StartAsync(kind);
        using var link = ModbusBus.LinkOf(Bus(kind, server), TimeProvider.System);

        var whole = await link.AskAsync(new ReadRequest(1, RegisterTable.Input, 100, 125), Cancel);
        var beyond = await link.AskAsync(new ReadRequest(1, RegisterTable.Input, 290, 20), Cancel);
        var again = await link.AskAsync(new ReadRequest(1, RegisterTable.Input, 290, 10), Cancel);

        Assert.Null(whole.Fault);
        Assert.Equal(Enumerable.Range(100, 125).SelectMany(i => new[] { (byte)(i * 3 >> 8), (byte)(i * 3) }),
            whole.Data.ToArray());
        Assert.Equal("Unit 1 refuses (exception 2): it has no registers 290 to 309 in a row.", beyond.Fault);
        Assert.Null(again.Fault);
    }

    [Fact]
    public async Task A_server_that_is_killed_is_a_fault_and_is_read_again_when_it_is_back()
    {
        var server = await StartAsync("tcp");
        var port = server.Place;
        await RunAsync(Bus("tcp", server) with { Registers = [Often(Registers.Of(0))] }, async () =>
        {
            await _told.UntilAsync(() => _told.Of("meter/r0").Length > 1, Cancel);
            await server.DisposeAsync();
            await _told.UntilAsync(() => _told.Of("meter/device.online") is [1, 0], Cancel);
            server = await ModbusServer.StartAsync("tcp", port, Cancel);
            await _told.UntilAsync(() => _told.Of("meter/device.online") is [1, 0, 1], Cancel);
        });
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_unit_that_is_not_on_the_line_is_silence_and_the_next_one_is_read_all_the_same()
    {
        // libmodbus waits for the answer of the one who isn't there, and may take the next question for it: asking
        // again is what gets through.
        await using var server = await StartAsync("rtu");
        var (nobody, somebody) = (Registers.Of(0, unit: 9, device: "nobody"), Registers.Of(0));
        var bus = Bus("rtu", server) with
        {
            Timeout = TimeSpan.FromMilliseconds(100),
            Registers = [Often(nobody), Often(somebody)],
        };

        await RunAsync(bus, () => _told.Of("meter/r0").Length > 1);

        Assert.Equal(1234, _told.Of("meter/r0")[0]);
        Assert.Empty(_told.Of("nobody/r0"));
    }

    [Fact]
    public async Task What_is_no_line_no_server_or_no_modbus_is_a_fault_in_words()
    {
        using var nowhere = new RtuLink(new SerialOptions { Path = "/dev/nowhere" }, Patience, TimeProvider.System);
        using var file = new RtuLink(new SerialOptions { Path = "/dev/null" }, Patience, TimeProvider.System);
        using var closed = new TcpLink("127.0.0.1", FreePorts.Next(), Patience, TimeProvider.System);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var web = new TcpLink(
            "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, Patience, TimeProvider.System);
        var question = new ReadRequest(1, RegisterTable.Holding, 0, 1);
        var asking = web.AskAsync(question, Cancel);
        using var asked = await listener.AcceptTcpClientAsync(Cancel);
        await asked.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), Cancel);

        Assert.Contains("No such file", (await nowhere.AskAsync(question, Cancel)).Fault, StringComparison.Ordinal);
        Assert.Contains("no serial line", (await file.AskAsync(question, Cancel)).Fault, StringComparison.Ordinal);
        Assert.Contains("refused", (await closed.AskAsync(question, Cancel)).Fault, StringComparison.Ordinal);
        Assert.Contains("is not Modbus", (await asking).Fault, StringComparison.Ordinal);
    }

    public void Dispose() => _told.Dispose();

    private static Task<ModbusServer> StartAsync(string kind) => ModbusServer.StartAsync(
        kind, kind == "tcp" ? $"{FreePorts.Next()}" : "1", Cancel);

    private static BusOptions Bus(string kind, ModbusServer server) => new()
    {
        // A terminal that isn't one has no parity bit, and Debian's C library says so.
        Serial = kind == "rtu" ? new SerialOptions { Path = server.Place, Parity = SerialParity.None } : null,
        Host = "127.0.0.1",
        Port = kind == "tcp" ? int.Parse(server.Place, System.Globalization.CultureInfo.InvariantCulture) : 0,
        Timeout = Patience,
        Registers = [],
    };

    private static RegisterOptions Often(RegisterOptions register) =>
        register with { Point = register.Point with { Interval = TimeSpan.FromMilliseconds(20) } };

    private Task RunAsync(BusOptions options, Func<bool> isEnough) =>
        RunAsync(options, () => _told.UntilAsync(isEnough, Cancel));

    private async Task RunAsync(BusOptions options, Func<Task> act)
    {
        using var stop = new CancellationTokenSource();
        var time = TimeProvider.System;
        var running = new ModbusBus(
            options, ModbusBus.LinkOf(options, time), new DeviceFaults(_told, time), _told, time).RunAsync(stop.Token);
        await act();
        await stop.CancelAsync();
        await running;
    }
}
