using Hub.Gateway.Fleet;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Fleet;

public class FleetPicturesTests
{
    private static readonly ProposedSignal Volume = new("new", "water.volume", "m3", "", "", "", HasReading: true);

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static readonly SiteSnapshot Site = new[]
    {
        InPoint(1, "w-1", Signal.WaterVolume, TimeSpan.FromMinutes(1)), InPoint(2, "w-2", Signal.WaterVolume),
        InPoint(3, "door", Signal.DoorOpen), InPoint(4, "edge", "device.clock.offset"),
        InPoint(5, "w-1", "device.battery"), InPoint(6, "edge", "device.backlog"), InPoint(7, "edge", "device.events.lost"),
    }.Aggregate(SiteSnapshot.Empty, (site, point) => site.With(new SiteChange.PointCommissioned(point)));

    private FleetFold _fold = new();

    [Theory]
    [InlineData(0, HealthState.Ok)]
    [InlineData(89, HealthState.Ok)]
    [InlineData(90, HealthState.Late)]
    [InlineData(179, HealthState.Late)]
    [InlineData(180, HealthState.Offline)]
    public void A_device_is_late_after_one_and_a_half_intervals_and_offline_after_three(int seconds, HealthState state)
    {
        Take(1, Start);

        var device = Device("edge/w-1", Start.AddSeconds(seconds));

        Assert.Equal(state, device.State);
        Assert.Equal(state == HealthState.Ok, device.Reason is null);
        Assert.Equal(Start, device.SeenAt);
    }

    [Fact]
    public void Without_a_configured_interval_the_usual_one_counts()
    {
        for (var i = 0; i < 7; i++)
        {
            Take(2, Start.AddMinutes(i * 10));
        }

        var device = Device("edge/w-2", Start.AddMinutes(60 + 16));

        Assert.Equal((HealthState.Late, TimeSpan.FromMinutes(10), true), (device.State, device.Every, device.IsEveryLearnt));
    }

    [Fact]
    public void A_door_that_nobody_opens_is_not_late()
    {
        for (var i = 0; i < 7; i++)
        {
            Take(3, Start.AddMinutes(i));
        }

        Assert.Equal((HealthState.Ok, null), (Device("edge/door", Start.AddDays(30)).State, Device("edge/door", Start).Every));
    }

    [Fact]
    public void Devices_behind_an_offline_edge_are_one_cause()
    {
        Take(1, Start);
        Take(2, Start);
        _fold.Take(new Entry.Presence("edge", false, Start.AddSeconds(1)));

        var edge = Look(Start.AddSeconds(2)).Edges.Single();

        Assert.Equal(HealthState.Offline, edge.State);
        Assert.Equal(Start.AddSeconds(1), edge.Since);
        Assert.Equal(edge.Devices.Count, edge.BehindCount);
        Assert.All(edge.Devices, device => Assert.Equal(HealthState.Offline, device.State));

        _fold.Take(new Entry.Presence("edge", true, Start.AddSeconds(5)));
        Assert.Equal(0, Look(Start.AddSeconds(6)).Edges.Single().BehindCount);
        Assert.Equal(HealthState.Ok, Look(Start.AddSeconds(6)).Edges.Single().State);
    }

    [Fact]
    public void Saying_it_again_does_not_move_since_when()
    {
        _fold.Take(new Entry.Presence("edge", true, Start));
        _fold.Take(new Entry.Presence("edge", true, Start.AddHours(1)));

        Assert.Equal(Start, Look(Start.AddHours(2)).Edges.Single().Since);
    }

    [Fact]
    public void What_never_reported_says_so() =>
        Assert.Equal(HealthState.Never, Device("edge/w-1", Start).State);

    [Fact]
    public void A_clock_ahead_of_its_time_is_suspect_and_hides_no_silence()
    {
        Take(1, Start.AddHours(3), arrivedAt: Start);

        Assert.Equal(HealthState.Suspect, Device("edge/w-1", Start.AddSeconds(10)).State);
        Assert.Equal(HealthState.Offline, Device("edge/w-1", Start.AddMinutes(5)).State);
    }

    [Fact]
    public void A_low_battery_a_wrong_clock_and_lost_pulses_are_suspect()
    {
        Take(5, Start, 9);
        Assert.Contains("battery", Device("edge/w-1", Start).Reason, StringComparison.Ordinal);

        Take(4, Start, 3);
        Assert.Contains("clock", Look(Start).Edges.Single().Reason, StringComparison.Ordinal);

        Take(4, Start.AddSeconds(1), 0);
        Take(7, Start.AddSeconds(1), 5);
        Assert.Null(Look(Start).Edges.Single().Reason);
        Take(7, Start.AddSeconds(2), 6);
        Assert.Contains("lost", Look(Start.AddSeconds(3)).Edges.Single().Reason, StringComparison.Ordinal);
        Assert.Null(Device("edge", Start.AddDays(2)).Reason);
    }

    [Fact]
    public void The_backlog_is_what_the_edge_said_last()
    {
        Take(6, Start, 1_200);
        Take(6, Start.AddMinutes(-5), 9_999);

        Assert.Equal(1_200, Look(Start).Edges.Single().Backlog);
    }

    [Fact]
    public void A_proposal_counts_its_messages_until_it_is_commissioned()
    {
        var aside = new Entry.SetAside(
            "new", "hub/1/new/readings", SetAsideKind.Unknown, "", Start, ReadOnlyMemory<byte>.Empty);
        _fold.Take(aside, [Volume]);
        _fold.Take(aside with { ReceivedAt = Start.AddMinutes(1) }, [Volume]);

        Assert.Equal(
            new Proposal("new", "new", "water.volume", 2, Start, Start.AddMinutes(1)) { Unit = "m3" },
            Look(Start).Proposals.Single());

        _fold.Take(new Point(new PointNumber(9), "new", "new", "water.volume", "b1"));
        Assert.Empty(Look(Start).Proposals);
    }

    [Fact]
    public void A_proposal_keeps_what_its_device_announced_while_readings_come()
    {
        var aside = new Entry.SetAside(
            "new", "z/bridge/devices", SetAsideKind.Unknown, "", Start, ReadOnlyMemory<byte>.Empty);
        _fold.Take(
            aside, [Volume with { Name = "Cellar", Model = "SWV", Class = "water_consumed", HasReading = false }]);
        _fold.Take(aside, [Volume]);

        using var state = new MemoryStream();
        _fold.Save(new BinaryWriter(state));
        state.Position = 0;
        Assert.Equal(
            new Proposal("new", "new", "water.volume", 1, Start, Start)
            {
                Unit = "m3",
                Name = "Cellar",
                Model = "SWV",
                Class = "water_consumed",
            },
            Assert.Single(FleetFold.Load(new BinaryReader(state)).Proposals));
    }

    [Fact]
    public void Comes_back_from_a_checkpoint_as_it_was()
    {
        for (var i = 0; i < 7; i++)
        {
            Take(2, Start.AddMinutes(i * 10));
        }

        _fold.Take(new Entry.Presence("edge", true, Start));
        _fold.Take(
            new Entry.SetAside("x", "t", SetAsideKind.Impossible, "", Start, ReadOnlyMemory<byte>.Empty), [Volume]);
        var before = Look(Start.AddHours(2));
        using var saved = new MemoryStream();
        _fold.Save(new BinaryWriter(saved));
        saved.Position = 0;

        _fold = FleetFold.Load(new BinaryReader(saved));

        Assert.Equivalent(before, Look(Start.AddHours(2)), strict: true);
        Take(2, Start.AddMinutes(70));
        Assert.Equal(8, Device("edge/w-2", Start).Readings);
    }

    private static Point InPoint(int number, string device, string signal, TimeSpan? every = null) =>
        new(new PointNumber(number), "edge", device, signal, "b1", Every: every);

    private FleetPicture Look(DateTimeOffset now) => FleetPictures.Of(_fold, Site, now);

    private DeviceHealth Device(string id, DateTimeOffset now) =>
        Look(now).Edges.SelectMany(edge => edge.Devices).Single(device => device.Id == id);

    private void Take(int point, DateTimeOffset at, double value = 1, DateTimeOffset? arrivedAt = null) => _fold.Take(
        new Entry.Readings("edge", "", 0, arrivedAt ?? at, new[] { new Reading(new PointNumber(point), at.UtcTicks, value) }),
        Site.Find);
}
