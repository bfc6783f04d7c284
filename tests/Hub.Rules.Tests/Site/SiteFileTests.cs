using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Site;

public class SiteFileTests
{
    private const string Good =
        """
        site: { id: garden-court, name: Garden Court, zone: Asia/Shanghai, hotline: "400-000-0000", language: zh-Hans, lobbyHours: "06:00-22:00" }
        spaces:
          - { id: b3-e2-1201, kind: unit, name: "3 栋 2 单元 1201", building: b3, entrance: b3-e2, floor: 12, occupancy: custody, vacantSince: 2026-05-03, tags: [long, corner] }
          - { id: b3-e2-lobby, kind: lobby, entrance: b3-e2 }
          - { id: pump-a, kind: facility, name: Pump house }
        edges:
          - id: edge-b3
            devices:
              - id: w-1201
                space: b3-e2-1201
                every: 60 s
                points:
                  - { signal: water.volume, pulse: 1 L, rollover: 100000 m3, serial: "W-1201", rateMax: 5 m3/h }
                  - { signal: water.flow }
              - id: e-1201
                space: b3-e2-1201
                points:
                  - { signal: electric.energy, pulse: 1000 imp/kWh, rateMax: 15 kW, every: 15 min }
              - space: b3-e2-lobby
                points: [ { signal: button.press }, { signal: plant.vibration } ]
        commissioning:
          - { device: "load-*", space: load-test, auto: true }
          - { device: "room-*", space: "auto-{device}" }
        windows:
          - { space: b3-e2-1201, from: 2026-11-22T09:00+08:00, to: 2026-11-22T12:00+08:00, reason: viewing }
          - { space: b3-e2-1201, from: 2026-11-23 09:00, to: 2026-11-24 }
        """;

    [Fact]
    public void Reads_what_is_where()
    {
        var site = Read(Good);

        Assert.Equal("Garden Court", site.Info.Name);
        Assert.Equal("Asia/Shanghai", site.Info.Zone.Id);
        Assert.Equal("400-000-0000", site.Info.Hotline);
        Assert.Equal(LobbyHours.Default, site.Info.LobbyHours);
        var unit = site.Spaces[0];
        Assert.Equal(("b3-e2-1201", SpaceKind.Unit, Occupancy.Custody, 12), (unit.Id, unit.Kind, unit.Occupancy, unit.Floor));
        Assert.Equal(new DateTimeOffset(2026, 5, 2, 16, 0, 0, TimeSpan.Zero), unit.VacantSince);
        Assert.True(unit.HasTag("corner"));
        Assert.Equal([SpaceKind.Unit, SpaceKind.Lobby, SpaceKind.Facility], site.Spaces.Select(space => space.Kind));
    }

    [Fact]
    public void Keeps_a_meters_amounts_in_the_signals_own_unit()
    {
        var points = Read(Good).Points;

        Assert.Equal(
            new DeclaredPoint(
                "edge-b3", "w-1201", Signal.WaterVolume, "b3-e2-1201",
                new Meter("W-1201", 0.001, 100_000, 5), TimeSpan.FromMinutes(1)),
            points[0]);
        Assert.Null(points[1].Meter);
        Assert.Equal(new Meter(null, 0.001, null, 15), points[2].Meter);
        Assert.Equal(TimeSpan.FromMinutes(15), points[2].Every);
    }

    [Fact]
    public void Takes_a_device_without_an_id_for_the_edge_itself()
    {
        var press = Read(Good).Points[3];

        Assert.Equal("edge-b3", press.Device);
        Assert.Equal("edge-b3/button.press", press.Id.Value);
        Assert.Equal(press.Id, press.At(new PointNumber(7)).Id);
    }

    [Fact]
    public void Reads_windows_with_an_offset_and_by_the_sites_own_clocks()
    {
        var windows = Read(Good).Windows;

        Assert.Equal(
            new PlannedWindow(
                "b3-e2-1201", new DateTimeOffset(2026, 11, 22, 1, 0, 0, TimeSpan.Zero),
                new DateTimeOffset(2026, 11, 22, 4, 0, 0, TimeSpan.Zero), "viewing"),
            windows[0]);
        Assert.Equal(
            new PlannedWindow(
                "b3-e2-1201", new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero),
                new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero), "visit"),
            windows[1]);
    }

    [Theory]
    [InlineData("load-7", "load-7", "load-test", true)]
    [InlineData("edge-b3", "load-9", "load-test", true)]
    [InlineData("edge-b3", "room-4", "auto-room-4", false)]
    [InlineData("edge-b3", "room-4/left", "auto-room-4-left", false)]
    public void Finds_the_pattern_for_a_device_nobody_declared(string edge, string device, string space, bool isAutomatic)
    {
        var pattern = Read(Good).PatternFor(edge, device);

        Assert.NotNull(pattern);
        Assert.Equal(space, pattern.SpaceFor(edge, device));
        Assert.Equal(isAutomatic, pattern.IsAutomatic);
    }

    [Fact]
    public void Knows_no_pattern_for_a_stranger() => Assert.Null(Read(Good).PatternFor("edge-b3", "kettle"));

    [Fact]
    public void Matches_the_site_wide_device_id()
    {
        var pattern = new CommissioningPattern("edge-b?/w-*", "x", true);

        Assert.True(pattern.Matches("edge-b3", "w-1"));
        Assert.False(pattern.Matches("edge-b33", "w-1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("spaces:\n")]
    [InlineData("\uFEFFsite: { id: a }")]
    public void Everything_may_be_left_out(string text) => Assert.Empty(Read(text).Spaces);

    private static SiteFile Read(string text)
    {
        var read = SiteFile.Read("site.yaml", text);
        Assert.True(read.IsGood, read.ToString());
        return read.Value;
    }
}
