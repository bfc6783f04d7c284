using System.Net.Http.Json;
using System.Text.Json;
using Hub.Gateway.Backup;
using Hub.Testing;

namespace Hub.Proof.Tests;

/// <summary>
/// The goal: a backup taken from a hub under load, restored elsewhere, has everything that was acknowledged before it
/// began, once, in files that agree; and what came after it is told to be missing. The method: the real program, the
/// client's own ledger, and the restored hub's own doors.
/// </summary>
public sealed class RestoreDrillTests : IDisposable
{
    private static readonly BackupKey Key = new BackupKey.KeyFile(new byte[32]);

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_hub_restored_from_a_backup_under_load_has_all_of_before_and_says_what_is_missing()
    {
        await using var hub = await TestHub.StartAsync();
        await using var device = new LoadClient(hub.MqttPort, "load-1");
        await using var button = new LoadClient(hub.MqttPort, "button-1");
        device.Start();
        button.Start();
        await button.PressAsync(Cancel);
        long[] before = await LoadedAsync(device, 1_000, 200, async () =>
        {
            var acknowledged = device.Acknowledged.ToArray();
            var source = new BackupSource(hub.DataFolder, hub.SiteFile, null);
            await Task.Run(() => BackupWriter.Create(source, _folder["backup"], Key, TimeProvider.System), Cancel);
            return acknowledged;
        });
        await hub.Process.KillAsync();
        Directory.Delete(hub.DataFolder, recursive: true);

        BackupReader.Restore(_folder["backup"], hub.DataFolder, Key, TimeProvider.System);
        await hub.RestartAsync();
        var kept = await hub.ReadingsAsync(device.Edge, "load.count", Cancel);
        var orders = await hub.OrdersAsync(Cancel);
        await LoadedAsync(device, 1, 0, () => Task.FromResult(0));
        var after = await hub.ReadingsAsync(device.Edge, "load.count", Cancel);

        Assert.Equal([("button-1", 0)], orders);
        // The edge goes on counting where it was: what the backup did not have is counted as missing, not passed over.
        var lost = device.Acknowledged.Select(value => (double)value).Except(after).Count();
        var status = await hub.Http.GetFromJsonAsync<JsonElement>("/api/v1/status", Cancel);
        var news = await hub.Http.GetFromJsonAsync<JsonElement>("/api/v1/backup", Cancel);
        Assert.True(lost > 0);
        var told = status.GetProperty("ingest").GetProperty("missing").GetInt64();
        var toll = Toll.Of(before, device.Acknowledged, [.. kept.Select(value => (long)value)]) with { Undetected = Math.Abs(lost - told) };
        ProofTable.Write("restore drill", toll, ("restore", 1), ("readings", before.Length), ("behind it, and told", told));
        toll.RequireNone();
        Assert.Equal(JsonValueKind.Object, news.GetProperty("restored").ValueKind);
        Assert.Contains("This hub was restored", hub.Process.Talk, StringComparison.Ordinal);
    }

    /// <summary>Loads until so many more were acknowledged, does it, and loads until so many more again.</summary>
    private static async Task<T> LoadedAsync<T>(LoadClient device, int before, int after, Func<Task<T>> act)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = device.LoadAsync(until.Token);
        await AcknowledgedAsync(device, device.Acknowledged.Count + before);
        var result = await act();
        await AcknowledgedAsync(device, device.Acknowledged.Count + after);
        await until.CancelAsync();
        await load;
        return result;
    }

    private static async Task AcknowledgedAsync(LoadClient device, int count)
    {
        while (device.Acknowledged.Count < count)
        {
            await Task.Delay(10, Cancel);
        }
    }
}
