using System.Net.Sockets;
using System.Text;
using Hub.Edge.Supervision;
using Hub.Testing;

namespace Hub.Edge.Tests.Supervision;

/// <summary>What systemd hears, on a socket such as its own.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _pace = new();
    private readonly CancellationTokenSource _stop = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_readiness_its_state_and_its_end_are_told(bool isAbstract)
    {
        var name = isAbstract ? $"@buildinghub-{Guid.NewGuid():N}" : _folder["notify"];
        using var systemd = Listen(name);
        using var manager = new ServiceManager(name, null);

        manager.Ready("The hub is reached; 0 records wait.");
        manager.Stopping();

        Assert.Equal("READY=1\nSTATUS=The hub is reached; 0 records wait.", await HearAsync(systemd));
        Assert.Equal("STOPPING=1", await HearAsync(systemd));
    }

    [Fact]
    public async Task It_gives_a_sign_of_life_twice_in_the_time_while_the_loops_turn_and_none_while_one_hangs()
    {
        using var systemd = Listen(_folder["notify"]);
        using var manager = new ServiceManager(_folder["notify"], TimeSpan.FromSeconds(60));
        var pulse = new LoopPulse(_pace);
        pulse.Beat("sampling", TimeSpan.FromSeconds(45));
        pulse.Beat("commit", TimeSpan.FromMinutes(10));
        var attending = manager.AttendAsync(pulse.Stuck, () => "well", _pace, _stop.Token);
        Assert.Equal("WATCHDOG=1\nSTATUS=well", await HearAsync(systemd));

        Assert.Equal("WATCHDOG=1\nSTATUS=well", await HearInHalfTheTimeAsync(systemd));
        Assert.Equal("STATUS=The sampling loop hangs.", await HearInHalfTheTimeAsync(systemd));

        pulse.Beat("sampling", TimeSpan.FromSeconds(45));
        Assert.Equal("WATCHDOG=1\nSTATUS=well", await HearInHalfTheTimeAsync(systemd));
        await _stop.CancelAsync();
        await attending;
    }

    [Fact]
    public void Nobody_listens_and_nothing_happens()
    {
        using var none = new ServiceManager(null, null);
        using var gone = new ServiceManager(_folder["nobody"], null);

        none.Ready("well");
        gone.Ready("well");
    }

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    private static Socket Listen(string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(name[0] == '@' ? '\0' + name[1..] : name));
        return socket;
    }

    private static async Task<string> HearAsync(Socket socket)
    {
        var heard = new byte[512];
        return Encoding.UTF8.GetString(heard, 0, await socket.ReceiveAsync(heard, Cancel));
    }

    /// <summary>The loop sets its next timer after it has spoken, at a moment of its own.</summary>
    private async Task<string> HearInHalfTheTimeAsync(Socket systemd)
    {
        while (_pace.TimersSet == 0)
        {
            await Task.Delay(1, Cancel);
        }

        _pace.Advance(TimeSpan.FromSeconds(30));
        return await HearAsync(systemd);
    }
}
