using System.Diagnostics;
using Hub.Edge;
using Hub.Edge.Setup;
using Hub.Testing;

namespace Hub.Proof.Tests;

/// <summary>Enrol, connect, revoke, enrol again: as a new engineer does it, with the program and somebody else's client.</summary>
public sealed class EnrolmentTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly int _http = FreePorts.Next();
    private readonly int _mqtt = FreePorts.Next();
    private HubProcess _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hub = await HubProcess.StartAsync(
        "buildinghub", "hub", "run", "--data", _folder.Path, "--http", $"127.0.0.1:{_http}", "--mqtt", $"127.0.0.1:{_mqtt}");

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_device_is_enrolled_connects_is_revoked_and_comes_back_with_a_token()
    {
        var (publisher, subscriber) = (RealServer.Find("mosquitto_pub"), RealServer.Find("mosquitto_sub"));
        var password = await EnrolAsync("meter-1");
        Assert.Equal(0, await PublishAsync(publisher, "meter-1", password, "hub/1/meter-1/readings"));
        Assert.NotEqual(0, await PublishAsync(publisher, "meter-1", password, "hub/1/meter-2/readings"));
        Assert.NotEqual(0, await PublishAsync(publisher, "meter-1", "wrong", "hub/1/meter-1/readings"));
        Assert.Matches("(?m)^meter-1 +enrolled +password", await CliAsync(0, "devices", "list"));

        // It listens when it is revoked, and is thrown out.
        using var listening = Start(subscriber, "-V", "5", "-u", "meter-1", "-P", password, "-t", "hub/1/meter-1/cmd", "-d", "-W", "60");
        await ReadUntilAsync(listening.StandardOutput, "received SUBACK");
        await CliAsync(0, "devices", "revoke", "meter-1");
        await ReadUntilAsync(listening.StandardOutput, "DISCONNECT (135)");
        if (!listening.HasExited)
        {
            listening.Kill();
        }

        Assert.NotEqual(0, await PublishAsync(publisher, "meter-1", password, "hub/1/meter-1/readings"));
        Assert.Matches("(?m)^meter-1 +revoked", await CliAsync(0, "devices", "list"));

        // This time it brings its own password.
        var (token, own) = (await CliAsync(0, "devices", "token", "meter-1"), "4bXq7Lr2Zp9Wc5Vn8Kt3Hm6Jd1Gf0Sya");
        Assert.Equal(0, await PublishAsync(publisher, "meter-1", $"{token}.{own}", "hub/1/meter-1/readings"));
        Assert.Equal(0, await PublishAsync(publisher, "meter-1", own, "hub/1/meter-1/readings"));
        Assert.NotEqual(0, await PublishAsync(publisher, "meter-1", password, "hub/1/meter-1/readings"));
        foreach (var secret in new[] { password, token, own })
        {
            Assert.DoesNotContain(secret, _hub.Talk, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_account_has_its_topics_and_what_can_t_be_done_has_its_exit_code()
    {
        var publisher = RealServer.Find("mosquitto_pub");
        var output = await CliAsync(0, "accounts", "add", "z2m", "--publish", "zigbee2mqtt/#", "--subscribe", "zigbee2mqtt/#");
        var password = output.Split("password=")[1];

        Assert.Equal(0, await PublishAsync(publisher, "z2m", password, "zigbee2mqtt/lamp"));
        Assert.NotEqual(0, await PublishAsync(publisher, "z2m", password, "hub/1/meter-1/readings"));
        Assert.Contains("z2m", await CliAsync(0, "accounts", "list"), StringComparison.Ordinal);
        Assert.DoesNotContain("z2m", await CliAsync(0, "devices", "list"), StringComparison.Ordinal);
        await CliAsync(2, "accounts", "add", "y", "--publish", "a/#/b");
        await CliAsync(2, "devices", "token", "a name");
        await CliAsync(3, "devices", "revoke", "nobody");
        await CliAsync(4, "devices", "token", "z2m");
        var (unreachable, _, talk) = await HubProcess.RunAsync("buildinghub", "devices", "list", "--hub", $"http://127.0.0.1:{FreePorts.Next()}");
        Assert.Equal(6, unreachable);
        Assert.Contains("--hub", talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edge_enrols_itself_keeps_its_password_to_itself_and_is_cut_when_it_is_revoked()
    {
        var token = await CliAsync(0, "devices", "token", "edge-b1");
        await using (var edge = await StartEdgeAsync(token))
        {
            await EventuallyAsync(() => edge.IsConnected);
        }

        var file = Path.Combine(_folder["edge"], "credential.json");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var first = await File.ReadAllTextAsync(file, Cancel);
        // Again with the spent token, as a unit file would have it, and then without one.
        await using (var edge = await StartEdgeAsync(token))
        {
            await EventuallyAsync(() => edge.IsConnected);
        }

        Assert.Equal(first, await File.ReadAllTextAsync(file, Cancel));
        await using (var edge = await StartEdgeAsync(null))
        {
            await EventuallyAsync(() => edge.IsConnected);
            await CliAsync(0, "devices", "revoke", "edge-b1");
            await EventuallyAsync(() => !edge.IsConnected);
        }

        await using var again = await StartEdgeAsync(await CliAsync(0, "devices", "token", "edge-b1"));
        await EventuallyAsync(() => again.IsConnected);
        Assert.NotEqual(first, await File.ReadAllTextAsync(file, Cancel));
    }

    private async Task<EdgeHost> StartEdgeAsync(string? token)
    {
        var edge = new EdgeHost(new EdgeOptions
        {
            Edge = "edge-b1",
            DataFolder = _folder["edge"],
            Hub = new HubEndpoint { Host = "127.0.0.1", Port = _mqtt, Token = token },
        });
        await edge.StartAsync(Cancel);
        return edge;
    }

    private static async Task EventuallyAsync(Func<bool> holds)
    {
        for (var i = 0; i < 400 && !holds(); i++)
        {
            await Task.Delay(50, Cancel);
        }

        Assert.True(holds());
    }

    private async Task<string> EnrolAsync(string device)
    {
        var output = await CliAsync(0, "devices", "enrol", device);
        Assert.StartsWith($"user={device}\npassword=", output, StringComparison.Ordinal);
        return output.Split("password=")[1];
    }

    private async Task<string> CliAsync(int exitCode, params string[] words)
    {
        var (code, output, talk) = await HubProcess.RunAsync("buildinghub", [.. words, "--hub", $"http://127.0.0.1:{_http}"]);
        Assert.True(exitCode == code, $"{string.Join(' ', words)} ended with {code}: {talk}");
        return output.Trim();
    }

    private async Task<int> PublishAsync(string publisher, string user, string password, string topic)
    {
        using var process = Start(
            publisher, "-V", "5", "-q", "1", "-u", user, "-P", password, "-t", topic, "-m", """[{"n":"water.volume","u":"m3","v":1}]""");
        await process.WaitForExitAsync(Cancel);
        // Its exit code says nothing about a refused PUBLISH; its error line does.
        return process.ExitCode != 0 ? process.ExitCode : (await process.StandardError.ReadToEndAsync(Cancel)).Length;
    }

    /// <summary>Line by line: into a pipe it would say everything at its end.</summary>
    private Process Start(string program, params string[] arguments) => Process.Start(
        new ProcessStartInfo(RealServer.Find("stdbuf"), ["-oL", program, "-h", "127.0.0.1", "-p", $"{_mqtt}", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static async Task ReadUntilAsync(StreamReader output, string words)
    {
        var said = "";
        while (!said.Contains(words, StringComparison.Ordinal))
        {
            var line = await output.ReadLineAsync(Cancel);
            Assert.True(line is not null, $"It ended before '{words}': {said}");
            said += line + "\n";
        }
    }
}
