using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Testing;

namespace Hub.Proof.Tests;

/// <summary>How scripts drive the program: flags, lines, exit codes, and a client that isn't ours.</summary>
public class ContractTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_hub_says_where_it_is_ready_refuses_a_second_one_on_its_folder_and_ends_cleanly()
    {
        await using var hub = await TestHub.StartAsync();
        Assert.Equal($"ready http=127.0.0.1:{hub.HttpPort} mqtt=127.0.0.1:{hub.MqttPort}", hub.Process.ReadyLine);

        var second = await HubProcess.RunAsync("buildinghub", "hub", "run", "--data", hub.DataFolder, "--http", "127.0.0.1:0");
        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"process {hub.Process.Process.Id}", second.Talk, StringComparison.Ordinal);

        Assert.Equal(0, await hub.Process.StopAsync());
    }

    [Fact]
    public async Task A_reading_and_a_press_of_mosquitto_pub_are_acknowledged_kept_and_answered_by_an_order()
    {
        var publisher = RealServer.Find("mosquitto_pub");
        await using var hub = await TestHub.StartAsync();

        foreach (var version in new[] { "mqttv311", "mqttv5" })
        {
            await PublishAsync(publisher, hub, version, "hub/1/load-9/readings",
                $$"""[{"bn":"load-9/","n":"water.volume","u":"m3","v":12.5,"bt":{{(version == "mqttv5" ? 1_790_000_000 : 1_780_000_000)}}}]""");
        }

        await PublishAsync(publisher, hub, "mqttv5", "hub/1/button-9/events", """[{"n":"button.press","v":1,"id":"a"}]""");

        Assert.Equal([12.5, 12.5], await hub.ReadingsAsync("load-9", "water.volume", Cancel));
        await EventuallyAsync(async () => (await hub.OrdersAsync(Cancel)).Contains(("button-9", 0)));
        var status = await hub.Http.GetFromJsonAsync<JsonElement>("/api/v1/status", Cancel);
        Assert.Equal(JsonValueKind.Object, status.ValueKind);
    }

    [Fact]
    public async Task What_can_t_be_read_is_acknowledged_kept_with_its_reason_and_counted()
    {
        var publisher = RealServer.Find("mosquitto_pub");
        await using var hub = await TestHub.StartAsync();

        await PublishAsync(publisher, hub, "mqttv5", "hub/1/load-9/readings", "no pack");
        await PublishAsync(publisher, hub, "mqttv5", "hub/1/stranger/readings", """[{"n":"water.volume","v":1}]""");
        await PublishAsync(publisher, hub, "mqttv5", "hub/1/load-9/readings", """[{"n":"water.volume","v":-1}]""");

        await EventuallyAsync(async () =>
            (await hub.Http.GetFromJsonAsync<JsonElement>("/api/v1/set-aside", Cancel)).GetProperty("items").GetArrayLength() == 3);
    }

    [Fact]
    public async Task A_wrong_site_file_is_refused_with_every_fault_its_line_and_its_cure()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder["site.yaml"], "site: { zone: Asia/Shanghia }\nspaces:\n  - { id: a, kind: flat }\n  - { id: a, kind: unit }\n", Cancel);

        var check = await HubProcess.RunAsync("buildinghub", "hub", "check-config", "--site", folder["site.yaml"]);
        Assert.Equal(7, check.ExitCode);
        Assert.Contains("site.yaml:1: ", check.Output, StringComparison.Ordinal);
        Assert.Contains("site.yaml:3: ", check.Output, StringComparison.Ordinal);
        Assert.Contains("site.yaml:4: ", check.Output, StringComparison.Ordinal);

        var run = await HubProcess.RunAsync(
            "buildinghub", "hub", "run", "--data", folder["data"], "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--site", folder["site.yaml"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("site.yaml:3: ", run.Talk, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hub", "dance")]
    [InlineData("hub", "run")]
    [InlineData("hub", "run", "--data", "/tmp", "--http", "here")]
    [InlineData("hub", "run", "--data", "/tmp", "--http", "0.0.0.0:8080")]
    [InlineData("hub", "run", "--data", "/tmp", "--mqtt", "0.0.0.0:1883")]
    [InlineData("hub", "run", "--data", "/tmp", "--mqtt-tls", "0.0.0.0:8883")]
    public async Task Words_that_don_t_fit_end_with_two(params string[] words) =>
        Assert.Equal(2, (await HubProcess.RunAsync("buildinghub", words)).ExitCode);

    [Fact]
    public async Task Without_the_flag_a_device_without_a_credential_is_refused()
    {
        var publisher = RealServer.Find("mosquitto_pub");
        using var folder = new TempFolder();
        var (http, mqtt) = (FreePorts.Next(), FreePorts.Next());
        await using var hub = await HubProcess.StartAsync(
            "buildinghub", "hub", "run", "--data", folder.Path, "--http", $"127.0.0.1:{http}", "--mqtt", $"127.0.0.1:{mqtt}");

        using var process = Process.Start(publisher,
            ["-h", "127.0.0.1", "-p", $"{mqtt}", "-q", "1", "-t", "hub/1/x/readings", "-m", "[]"]);
        await process.WaitForExitAsync(Cancel);

        Assert.NotEqual(0, process.ExitCode);
    }

    private static async Task PublishAsync(string publisher, TestHub hub, string version, string topic, string pack)
    {
        using var process = Process.Start(
            publisher, ["-h", "127.0.0.1", "-p", $"{hub.MqttPort}", "-V", version, "-q", "1", "-t", topic, "-m", pack]);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 100 && !await holds(); i++)
        {
            await Task.Delay(50, Cancel);
        }

        Assert.True(await holds());
    }
}
