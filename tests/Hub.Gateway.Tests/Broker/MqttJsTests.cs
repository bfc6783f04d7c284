using System.Diagnostics;
using System.Text.Json;
using Hub.Rules.Engine;
using Hub.Testing;

namespace Hub.Gateway.Tests.Broker;

/// <summary>
/// MQTT.js, which is Node-RED's and zigbee2mqtt's client library too: a will, retained messages, QoS 2 and sessions over
/// a restart of the hub, in both versions.
/// </summary>
public sealed class MqttJsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("4")]
    [InlineData("5")]
    public async Task Everybody_gets_what_is_theirs_over_a_restart_of_the_hub(string version)
    {
        var (node, packages) = (RealServer.Find("node"), NodePackage.FolderOf("mqtt"));
        var hub = await RunningHub.StartAsync(_folder);
        var port = hub.Port;
        using var script = Start(node, Path.Combine(AppContext.BaseDirectory, "Broker", "mqttjs.cjs"), packages, $"{port}", version);
        try
        {
            var talk = script.StandardError.ReadToEndAsync(Cancel);
            Assert.True(await script.StandardOutput.ReadLineAsync(Cancel) == "restart", script.HasExited ? await talk : "");
            Assert.Equal(3.5, Assert.Single((await hub.EntriesAsync()).OfType<Entry.Readings>()).Items.Span[0].Value);
            await hub.DisposeAsync();
            hub = await RunningHub.StartAsync(_folder, port: port);
            await script.StandardInput.WriteLineAsync("done");

            var last = await script.StandardOutput.ReadLineAsync(Cancel);
            Assert.True(last is not null, await talk);
            var got = JsonSerializer.Deserialize<JsonElement>(last);
            Assert.True(got.GetProperty("present").GetBoolean());
            Assert.Equal(["news/1 live qos=2", "news/2 while away qos=2", "news/3 said before the hub was back qos=2"], Of(got, "lasting"));
            Assert.Equal(["lost/lasting gone qos=2"], Of(got, "patient"));
            Assert.Equal(["kept for whoever comes qos=2 retained", "lost/lasting gone qos=2 retained"], Of(got, "newcomer").Order());
        }
        finally
        {
            script.Kill();
            await hub.DisposeAsync();
        }
    }

    private static IEnumerable<string?> Of(JsonElement got, string client) =>
        got.GetProperty(client).EnumerateArray().Select(message => message.GetString());

    private static Process Start(string node, params string[] arguments) => Process.Start(new ProcessStartInfo(node, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
