using Hub.Edge.Kiosk;
using Hub.Testing;

namespace Hub.Edge.Tests.Kiosk;

public sealed class KioskHeartbeatTests
{
    private readonly ManualTime _pace = new();

    [Fact]
    public void A_page_that_is_drawn_needs_no_help()
    {
        var heartbeat = new KioskHeartbeat(_pace, null);
        for (var i = 0; i < 100; i++)
        {
            _pace.Advance(TimeSpan.FromSeconds(10));
            heartbeat.Beat();
            Assert.Equal((true, false, KioskCure.None), (heartbeat.IsShown, heartbeat.IsReloadDue, Next(heartbeat)));
        }
    }

    [Fact]
    public void A_silent_page_is_reloaded_then_its_browser_started_again_and_in_the_end_the_machine()
    {
        var heartbeat = new KioskHeartbeat(_pace, null);

        var cures = Cures(heartbeat, TimeSpan.FromMinutes(12));

        Assert.Equal(
            [("reload", 45), ("Restart", 90), ("Restart", 210), ("Restart", 330), ("Reboot", 450), ("Restart", 455)],
            cures.Take(6));
        Assert.False(heartbeat.IsShown);
    }

    [Fact]
    public void A_broken_screen_starts_the_machine_again_once_a_day_and_not_more()
    {
        var rebootedAt = _pace.GetUtcNow().AddHours(-23);
        var heartbeat = new KioskHeartbeat(_pace, rebootedAt);

        var reboots = Cures(heartbeat, TimeSpan.FromHours(26)).Where(cure => cure.Cure == "Reboot").ToList();

        var (_, seconds) = Assert.Single(reboots, cure => cure.Seconds < 24 * 3_600);
        Assert.InRange(seconds, 3_600, 3_600 + 300);
    }

    [Fact]
    public void A_beat_ends_it_all()
    {
        var heartbeat = new KioskHeartbeat(_pace, null);
        Cures(heartbeat, TimeSpan.FromMinutes(6));
        heartbeat.Beat();

        Assert.True(heartbeat.IsShown);
        Assert.Equal(("reload", 45), Cures(heartbeat, TimeSpan.FromMinutes(2))[0]);
    }

    private KioskCure Next(KioskHeartbeat heartbeat) => heartbeat.Next(_pace.GetUtcNow());

    /// <summary>What is done while nothing is heard, and after how many seconds, looked at every five.</summary>
    private List<(string Cure, int Seconds)> Cures(KioskHeartbeat heartbeat, TimeSpan patience)
    {
        const int Every = 5;
        var cures = new List<(string, int)>();
        var wasReloadDue = false;
        for (var second = Every; second <= patience.TotalSeconds; second += Every)
        {
            _pace.Advance(TimeSpan.FromSeconds(Every));
            if (heartbeat.IsReloadDue && !wasReloadDue)
            {
                cures.Add(("reload", second));
            }

            wasReloadDue = heartbeat.IsReloadDue;
            if (Next(heartbeat) is var cure and not KioskCure.None)
            {
                cures.Add((cure.ToString(), second));
            }
        }

        return cures;
    }
}
