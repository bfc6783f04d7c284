using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Gateway.Tests.Series;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateway.Tests.Storage;

/// <summary>The goal: a hub whose databases are noise starts, says so, and has what its journal has.</summary>
public sealed class DamagedHubTests : IAsyncLifetime
{
    private HubRoom _room = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _room = await HubRoom.StartAsync(HubRoom.OneMeter, Cancel);

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Theory]
    [InlineData("noise")]
    [InlineData("empty")]
    [InlineData("gone")]
    public async Task Points_keep_their_numbers_and_readings_are_taken_again(string damage)
    {
        await _room.Get<SiteBook>().CommissionAsync("edge-b1", "w-9", "water.volume", "b1", Cancel);
        var number = NumberOf("edge-b1", "w-9");
        var reading = new Reading(number, Series.Some.Morning.UtcTicks, 12.5);
        await _room.AppendAsync(Series.Some.Pack(reading), Cancel);

        await _room.RestartAsync(Cancel, folder =>
        {
            foreach (var name in new[] { "hub.db", "series.db" })
            {
                var path = Path.Combine(folder, name);
                Ruin(path, damage);
            }
        });

        Assert.Equal(number, NumberOf("edge-b1", "w-9"));
        var answer = await _room.GetAsync("api/v1/readings?device=edge-b1/w-9&signal=water.volume", Cancel);
        Assert.Equal(12.5, Assert.Single(answer.GetProperty("items").EnumerateArray()).GetProperty("value").GetDouble());
        var databases = _room.Get<DatabaseBook>();
        Assert.True(databases.IsDamaged);
        Assert.Equal(["hub.db", "series.db"], databases.Recoveries.Select(one => one.File).Order());
        Assert.Contains("site_changes", databases.Recoveries.Single(one => one.File == "hub.db").Incomplete);

        await _room.RestartAsync(Cancel);

        Assert.False(_room.Get<DatabaseBook>().IsDamaged);
        Assert.Equal(2, _room.Get<DatabaseBook>().Recoveries.Count);
        Assert.Equal(number, NumberOf("edge-b1", "w-9"));
    }

    [Fact]
    public async Task What_is_damaged_while_the_hub_runs_is_found_by_the_check_and_made_anew_at_the_next_start()
    {
        var inspector = ActivatorUtilities.CreateInstance<DatabaseInspector>(_room.Get<IServiceProvider>());
        inspector.Inspect();
        Assert.False(_room.Get<DatabaseBook>().IsDamaged);
        var book = _room.Get<DatabaseBook>();
        await _room.RestartAsync(Cancel, folder =>
        {
            var path = Path.Combine(folder, "series.db");
            Ruin(path, "noise");
            book.Check(path);
        });

        Assert.Equal("series.db", Assert.Single(book.Faults).Key);
        Assert.Equal("series.db", Assert.Single(_room.Get<DatabaseBook>().Recoveries).File);
    }

    private PointNumber NumberOf(string edge, string device) =>
        _room.Get<SiteBook>().Current.Find(Point.IdOf(edge, device, "water.volume"))!.Number;

    private static void Ruin(string path, string damage)
    {
        if (damage == "gone")
        {
            File.Delete(path);
        }
        else
        {
            var bytes = new byte[damage == "noise" ? new FileInfo(path).Length : 0];
            new Random(1).NextBytes(bytes);
            File.WriteAllBytes(path, bytes);
        }
    }
}
