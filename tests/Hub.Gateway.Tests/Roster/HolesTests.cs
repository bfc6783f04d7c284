using Hub.Gateway.Roster;
using Hub.Rules.Site;
using static Hub.Gateway.Tests.Roster.SomeRoster;

namespace Hub.Gateway.Tests.Roster;

public class HolesTests
{
    [Fact]
    public void The_hours_without_a_butler_are_listed_by_grid_with_who_is_called_instead()
    {
        // Monday 2 November: one night, and the second entrance has no weekend yet.
        var holes = Holes.Of(Duty(), Compound, Nov(2, 12), 1);

        Assert.Equal(
            [new Hole("g1", Nov(2, 23), Nov(3, 7), "hotline"), new Hole("g2", Nov(2, 23), Nov(3, 7), "hotline")],
            holes);
    }

    [Fact]
    public void Hours_that_nobody_at_all_covers_are_said_to_be_nobodys()
    {
        var shifts = """
            person,grid,days,hours,since
            butler-07,g1,mon-fri,07:00-23:00,2026-11-01
            desk-1,,daily,20:00-06:00,2026-11-01
            """;
        var holes = Holes.Of(Duty(Sheet(shifts: shifts)), Compound, Nov(2, 6), 1);

        Assert.Equal(
            [
                new Hole("g1", Nov(2, 6), Nov(2, 7), null), new Hole("g1", Nov(2, 23), Nov(3, 6), "hotline"),
                new Hole("g2", Nov(2, 6), Nov(2, 7), null), new Hole("g2", Nov(2, 7), Nov(2, 23), "partner"),
                new Hole("g2", Nov(2, 23), Nov(3, 6), "hotline"),
            ],
            holes);
    }

    [Fact]
    public void An_absence_without_a_stand_in_is_a_hole()
    {
        var away = new Cover(1, "butler-07", null, Nov(2, 10), Nov(2, 15), "chief");

        var holes = Holes.Of(Duty(null, null, away), Compound, Nov(2, 7), 1);

        Assert.Contains(new Hole("g1", Nov(2, 10), Nov(2, 15), "partner"), holes);
    }

    [Fact]
    public void Homes_that_lie_in_no_grid_are_holes_of_no_grid()
    {
        var home = new Space("b9-e1-0101", SpaceKind.Unit, "9-101", "b9", "b9-e1");
        var stray = Compound.With(new SiteChange.SpaceDefined(home));
        var duty = new DutyTable(Sheet(), [], stray, Shanghai);

        Assert.Equal(["b9-e1-0101"], Holes.Strays(duty, stray));
        Assert.Contains(new Hole("", Nov(2, 12), Nov(3, 12), "hotline"), Holes.Of(duty, stray, Nov(2, 12), 1));
    }

    /// <summary>Against a look at every quarter of an hour, over drawn rosters and a night of a changed clock.</summary>
    [Fact]
    public void Every_quarter_of_an_hour_without_a_butler_is_in_a_hole_and_no_other()
    {
        var random = new Random(5341);
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var start = new DateTimeOffset(2026, 10, 23, 12, 0, 0, TimeSpan.Zero);
        string[] hours = ["07:00-15:00", "15:00-23:00", "23:00-07:00", "02:30-10:15", "00:00-24:00", "20:45-02:30"];
        string[] days = ["daily", "mon-fri", "sat sun", "xx--", "x---", "xxxxx--"];
        for (var round = 0; round < 20; round++)
        {
            var rows = new[] { "butler-07,g1", "butler-08,g2", "butler-09,g1", "desk-1,", "chief-01," }
                .Where(_ => random.Next(4) > 0)
                .Select(who => $"{who},{Any(days)},{Any(hours)},2026-10-0{random.Next(1, 9)}");
            var duty = Duty(Sheet(shifts: $"person,grid,days,hours,since\n{string.Join('\n', rows)}\n"), berlin);

            var holes = Holes.Of(duty, Compound, start, 4);

            for (var at = start; at < start.AddDays(4); at = at.AddMinutes(15))
            {
                var called = duty.Whom("butler", "b1-e1-lobby", at, isUrgent: false);
                var hole = holes.SingleOrDefault(one => one.Grid == "g1" && one.From <= at && at < one.To);
                Assert.Equal(called.Role != "butler" || called.People.Count == 0, hole is not null);
                Assert.True(hole is null || hole.TakenBy == (called.People.Count == 0 ? null : called.Role));
            }
        }

        string Any(string[] words) => words[random.Next(words.Length)];
    }
}
