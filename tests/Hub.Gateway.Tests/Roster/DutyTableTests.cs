using Hub.Gateway.Roster;
using Hub.Gateway.WorkOrders;
using static Hub.Gateway.Tests.Roster.SomeRoster;

namespace Hub.Gateway.Tests.Roster;

public class DutyTableTests
{
    [Theory]
    [InlineData(2, 12, "butler", "butler-07")]   // the second of two days on
    [InlineData(3, 12, "butler", "butler-09")]   // the rotation turns
    [InlineData(5, 7, "butler", "butler-07")]    // and turns back; the first minute counts
    [InlineData(5, 23, "hotline", "desk-2")]     // the last one does not: the desk, at once
    [InlineData(6, 3, "hotline", "desk-2")]      // yesterday's night shift
    [InlineData(6, 8, "butler", "butler-07")]
    public void The_butler_on_shift_is_called_and_the_desk_where_none_is(int day, int hour, string role, string person)
    {
        var called = Duty().Whom("butler", "b1-e1-0301", Nov(day, hour), isUrgent: false);

        Assert.Equal((role, person), (called.Role, Assert.Single(called.People)));
    }

    [Fact]
    public void A_partner_is_the_butler_of_the_partner_grid_and_nobody_is_both()
    {
        Assert.Equal(["butler-08"], Partner("b1-e1-lobby").People);
        Assert.Equal(["butler-07"], Partner("b1-e2-lobby").People);
        // At the weekend nobody has the second entrance: its partner answers for its butler.
        var called = Duty().Whom("butler", "b1-e2-lobby", Nov(1, 12), isUrgent: false);
        Assert.Equal(("partner", "butler-07"), (called.Role, Assert.Single(called.People)));

        Called Partner(string space) => Duty().Whom("partner", space, Nov(2, 12), isUrgent: false);
    }

    [Fact]
    public void A_place_that_lies_in_no_grid_has_the_desk_and_an_engineers_matter_the_chief()
    {
        Assert.Equal(["desk-1"], Duty().Whom("butler", "pump-a", Nov(2, 12), isUrgent: false).People);
        Assert.Equal(["chief-01"], Duty().Whom("engineer", "pump-a", Nov(2, 12), isUrgent: false).People);
    }

    [Fact]
    public void Whoever_stands_in_is_called_for_as_long_as_it_holds()
    {
        var duty = Duty(null, null, new Cover(1, "butler-07", "butler-08", Nov(2, 12), Nov(2, 14), "chief"));

        Assert.Equal(["butler-07"], At(11, 59));
        Assert.Equal(["butler-08"], At(12, 0));
        Assert.Equal(["butler-07"], At(14, 0));

        IReadOnlyList<string> At(int hour, int minute) =>
            duty.Whom("butler", "b1-e1-lobby", Nov(2, hour, minute), isUrgent: false).People;
    }

    [Fact]
    public void A_stand_in_may_be_stood_in_for_and_a_circle_of_them_is_nobody()
    {
        var (from, to) = (Nov(2, 0), Nov(3, 0));
        var one = new Cover(1, "butler-07", "butler-08", from, to, "");
        var two = new Cover(2, "butler-08", "butler-09", from, to, "");
        var back = new Cover(3, "butler-09", "butler-07", from, to, "");
        var away = new Cover(4, "butler-07", null, from, to, "");

        Assert.Equal(("butler", "butler-09"), Called(one, two));
        Assert.Equal(("hotline", "desk-1"), Called(one, two, back));
        // The one that was written down last counts, and the partner then answers.
        Assert.Equal(("partner", "butler-08"), Called(one, away));

        static (string, string) Called(params Cover[] covers)
        {
            var called = Duty(null, null, covers).Whom("butler", "b1-e1-lobby", Nov(2, 12), isUrgent: false);
            return (called.Role, Assert.Single(called.People));
        }
    }

    [Fact]
    public void In_quiet_hours_somebody_is_called_for_emergencies_or_if_nobody_else_is_left()
    {
        Assert.Equal(["director-01"], Duty().Whom("chief", "pump-a", Nov(2, 23), isUrgent: false).People);
        Assert.Equal(["chief-01"], Duty().Whom("chief", "pump-a", Nov(2, 23), isUrgent: true).People);
        Assert.Equal(["chief-01"], Duty().Whom("chief", "pump-a", Nov(2, 6), isUrgent: false).People);

        var alone = Duty(Sheet(shifts: "person,grid,days,hours,since\nchief-01,,daily,00:00-24:00,2026-11-01\n"));
        Assert.Equal(["chief-01"], alone.Whom("butler", "b1-e1-lobby", Nov(2, 23), isUrgent: false).People);
    }

    [Fact]
    public void Where_nobody_is_left_nobody_is_called()
    {
        var called = Duty().Whom("butler", "b1-e1-lobby", Nov(1, 0).AddDays(-40), isUrgent: true);

        Assert.Equal(("butler", 0), (called.Role, called.People.Count));
    }

    [Fact]
    public void Quiet_hours_end_on_the_clocks_of_the_site()
    {
        var chief = Sheet().Find("chief-01")!;

        Assert.Equal(Nov(3, 6), chief.QuietUntil(Nov(2, 23), Shanghai));
        Assert.Equal(Nov(3, 6), chief.QuietUntil(Nov(3, 5), Shanghai));
        Assert.Equal(Nov(3, 7), chief.QuietUntil(Nov(3, 7), Shanghai));
    }
}
