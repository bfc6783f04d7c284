using Hub.Edge.Health;
using Hub.Edge.Outbox;
using Hub.Testing;

namespace Hub.Edge.Tests.Health;

public class HealthTests
{
    [Fact]
    public void Cpu_time_is_read_from_the_kernels_first_line()
    {
        Assert.Equal((60L, 160L), MachineHealth.ParseCpu("cpu  10 20 30 90 10 0 0 0 0 0\ncpu0 1 2 3 4\n"));
        Assert.Null(MachineHealth.ParseCpu("cpu 1 2 x 4 5 6 7 8"));
        Assert.Null(MachineHealth.ParseCpu(""));
    }

    [Fact]
    public void A_report_tells_the_backlog_what_was_lost_and_the_clock_and_invents_nothing()
    {
        using var folder = new TempFolder();
        var at = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
        using var outbox = EdgeOutbox.Open(folder.Path, 1 << 20, 1 << 20, 100, 10, () => default);
        outbox.Commit(new EdgeRecord("lobby", EdgeSignals.Press, at, 1, "a"));
        var known = new HealthReport(outbox, new MachineHealth(folder.Path),
            () => new ClockState(ClockQuality.Synced, TimeSpan.FromMilliseconds(12)));
        var unknown = new HealthReport(outbox, new MachineHealth(folder.Path), () => new ClockState(ClockQuality.Unsynced, null));

        var values = known.Read(at, new EdgeCounts(EventsLost: 3, Reconnects: 2, LocalWaiting: 6)).ToDictionary(record => record.Name, record => record.Value);

        Assert.Equal((7, 3, 0.012), (values["device.backlog"], values["device.events.lost"], values["device.clock.offset"]));
        Assert.Equal((2, 1), (values["device.reconnects"], values["device.clock.synced"]));
        Assert.Equal(0, unknown.Read(at, default).Single(record => record.Name == "device.clock.synced").Value);
        Assert.InRange(values["device.memory"], 1, 100_000);
        Assert.DoesNotContain("device.clock.offset", unknown.Read(at, default).Select(record => record.Name));
    }

    [Fact]
    public void The_kernel_answers_about_its_clock_without_being_asked_to_change_it() =>
        Assert.Contains(ClockState.OfKernel().Quality, new[] { ClockQuality.Synced, ClockQuality.Unsynced });
}
