using Hub.Gateway.Site;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Site;

public class SiteBookTests
{
    private const string Yaml = """
        site: { id: court, zone: Asia/Shanghai, hotline: "400-000-0000" }
        spaces:
          - { id: b1-e1-0301, kind: unit, name: "301", occupancy: custody, vacantSince: 2026-05-03 }
        edges:
          - id: edge-b1
            devices:
              - { id: w-0301, space: b1-e1-0301, every: 60 s, points: [ { signal: water.volume, pulse: 1 L } ] }
        commissioning:
          - { device: "load-*", space: load-test, auto: true }
          - { device: "guest-*", space: load-test }
        """;

    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_site_file_s_spaces_and_points_are_there_after_the_start_and_in_the_journal()
    {
        await using var room = await SiteRoom.OpenAsync(Yaml);

        var point = room.Book.Current.Find(new PointId("edge-b1/w-0301/water.volume"));

        Assert.Equal(0.001, point?.Meter?.PulseWeight);
        Assert.Equal("Asia/Shanghai", room.Book.Zone.Id);
        Assert.Contains(await room.JournalledAsync(), entry => entry.Change is SiteChange.PointCommissioned);
    }

    [Fact]
    public async Task A_device_that_the_file_lets_in_is_commissioned_at_its_first_reading_and_keeps_its_number()
    {
        await using var room = await SiteRoom.OpenAsync(Yaml);

        var first = await room.Book.ResolveAsync("load-7", "load-7", Signal.WaterVolume, null, Cancel);
        await room.RestartAsync();
        var again = await room.Book.ResolveAsync("load-7", "load-7", Signal.WaterVolume, null, Cancel);

        Assert.NotNull(first);
        Assert.Equal(first, again);
        Assert.Equal("load-test", first.SpaceId);
        Assert.Equal(SpaceKind.Facility, room.Book.Current.Spaces["load-test"].Kind);
    }

    [Theory]
    [InlineData("stranger-1")]
    [InlineData("guest-1")]
    public async Task A_device_that_must_be_asked_about_is_not_commissioned(string edge)
    {
        await using var room = await SiteRoom.OpenAsync(Yaml);

        Assert.Null(await room.Book.ResolveAsync(edge, edge, Signal.WaterVolume, null, Cancel));
    }

    [Fact]
    public async Task A_thousand_devices_at_once_get_a_number_each()
    {
        await using var room = await SiteRoom.OpenAsync(Yaml);

        var points = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(
            i => room.Book.ResolveAsync($"load-{i % 500}", $"load-{i % 500}", Signal.WaterVolume, null, Cancel)));

        Assert.Equal(500, points.Select(point => point!.Number).Distinct().Count());
    }

    [Fact]
    public async Task Somebody_who_moved_in_stays_after_a_restart_until_the_file_says_otherwise()
    {
        await using var room = await SiteRoom.OpenAsync(Yaml);
        await room.Book.ChangeAsync(
            new SiteChange.OccupancyChanged("b1-e1-0301", Occupancy.Occupied, Noon), Cancel);

        await room.RestartAsync();
        Assert.Equal(Occupancy.Occupied, room.Book.Current.Spaces["b1-e1-0301"].Occupancy);

        await room.RestartAsync(Yaml.Replace("custody", "unlet", StringComparison.Ordinal));
        Assert.Equal(Occupancy.Unlet, room.Book.Current.Spaces["b1-e1-0301"].Occupancy);
    }

    [Fact]
    public async Task A_change_that_a_crash_kept_from_the_journal_is_journalled_at_the_next_start()
    {
        await using var room = await SiteRoom.OpenAsync(Yaml);
        var intended = new SiteChange.OccupancyChanged("b1-e1-0301", Occupancy.Occupied, Noon);
        await using (var db = await room.Database.CreateDbContextAsync(Cancel))
        {
            db.Add(new SiteChangeRow { AtTicks = Noon.UtcTicks, Json = SiteChangeJson.Write(intended) });
            await db.SaveChangesAsync(Cancel);
        }

        await room.RestartAsync();
        await room.RestartAsync();

        Assert.Equal(Occupancy.Occupied, room.Book.Current.Spaces["b1-e1-0301"].Occupancy);
        Assert.Single(await room.JournalledAsync(), entry => entry.Change == intended);
    }

    [Fact]
    public async Task A_wrong_file_is_refused_with_every_fault()
    {
        var faulty = await Assert.ThrowsAsync<FaultyFilesException>(async () =>
        {
            await using var room = await SiteRoom.OpenAsync(
                "spaces:\n  - { id: a, kind: flat }\n  - { id: a, kind: unit, colour: red }\n");
        });

        Assert.True(faulty.Faults.Count >= 3, faulty.Message);
    }
}
