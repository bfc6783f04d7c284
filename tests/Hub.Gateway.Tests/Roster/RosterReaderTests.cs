using Hub.Gateway.Roster;
using Hub.Gateway.WorkOrders;
using static Hub.Gateway.Tests.Roster.SomeRoster;

namespace Hub.Gateway.Tests.Roster;

public class RosterReaderTests
{
    [Fact]
    public void A_good_roster_is_read_whole_in_any_order_of_its_tables()
    {
        var files = Files(ladder: "to,after\nbutler,0:00\nchief,2:30\ndirector,1:00:00\n");

        var read = RosterReader.Read([.. files.Reverse()], Compound);

        Assert.Equal("", read.ToString());
        Assert.Equal((7, 2, 7), (read.Value!.People.Count, read.Value.Grids.Count, read.Value.Shifts.Count));
        Assert.Equal(
            [
                new LadderRung("butler", TimeSpan.Zero), new LadderRung("chief", TimeSpan.FromSeconds(150)),
                new LadderRung("director", TimeSpan.FromHours(1)),
            ],
            read.Value.Ladder);
        Assert.Empty(RosterWarnings.Of(read.Value, Compound));
    }

    [Fact]
    public void Every_fault_of_every_table_comes_at_once()
    {
        var people = "person,name,role,langauge,quiet\nbutler-07,Wang,buttler,,\nbutler-07,Li,butler,,late\n,Zhao,butler,,\n";
        var grids = "grid,places,partners\ng1,b1-e9 b1-e1,g3\ng1,b1,\n";
        var shifts = "person,grid,days,hours,since,until\nbutler-7,g1,daily,7-23,2026-11-01,\n"
            + "butler-07,g9,weekly,07:00-23:00,01.11.2026,\nbutler-07,g1,xx--,07:00-23:00,2026-11-02,2026-11-01\n";
        var ladder = "to,after\nbutler,1:00\npartner,soon\nchef,2:00\n";

        var read = RosterReader.Read(Files(people, grids, shifts, ladder), Compound);

        Assert.Null(read.Value);
        Assert.Equal(
            [
                "people.csv:1: langauge is 'langauge'; the columns are person, name, role, language, phone, quiet; did you mean 'language'?",
                "people.csv:2: role is 'buttler'; it must be one of butler, partner, hotline, chief, director, engineer; did you mean 'butler'?",
                "people.csv:3: quiet is 'late'; it must be two times of day, such as 07:00-19:00; 00:00-24:00 is the whole day",
                "people.csv:3: person is 'butler-07'; ids must be unique, and somebody above has this one; give one of the two another",
                "people.csv:4: person is missing; it must be given",
                "grids.csv:2: places is 'b1-e9 b1-e1'; 'b1-e9' is no building, entrance or space of the site; did you mean 'b1-e1'?",
                "grids.csv:2: partners is 'g3'; 'g3' is no grid; did you mean 'g1'?",
                "grids.csv:3: grid is 'g1'; ids must be unique, and a grid above has this one; put all its places in one row",
                "shifts.csv:2: hours is '7-23'; it must be two times of day, such as 07:00-19:00; 00:00-24:00 is the whole day",
                "shifts.csv:2: person is 'butler-7'; nobody in the table of people has this id; did you mean 'butler-07'?",
                "shifts.csv:3: since is '01.11.2026'; it must be a day, such as 2026-11-22",
                "shifts.csv:3: grid is 'g9'; no grid has this id; did you mean 'g1'?",
                "shifts.csv:3: days is 'weekly'; it must be days of the week (daily, mon-fri, 'sat sun') or a rotation of at most 56 days (xx--: two on, two off)",
                "shifts.csv:4: until is '2026-11-01'; the last day must not be before the first",
                "ladder.csv:2: after is '1:00'; the first rung is at 0:00, and each next one later than the one above",
                "ladder.csv:3: after is 'soon'; it must be minutes and seconds after the start, such as 1:30, or hours: 1:00:00",
                "ladder.csv:4: to is 'chef'; it must be one of butler, partner, hotline, chief, director; did you mean 'chief'?",
            ],
            read.Faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void A_butler_needs_a_grid_and_the_desk_has_none()
    {
        var read = RosterReader.Read(
            Files(shifts: "person,grid,days,hours,since\nbutler-07,,daily,07:00-23:00,2026-11-01\n"
                + "desk-1,g1,daily,07:00-23:00,2026-11-01\n"), Compound);

        Assert.Equal(
            ["a butler works in a grid: it must be given", "a hotline is there for the whole site: leave it empty"],
            read.Faults.Select(fault => fault.Limit));
    }

    [Fact]
    public void A_table_that_is_missing_twice_there_or_of_no_kind_is_said()
    {
        var read = RosterReader.Read(
            [new("a.csv", People), new("b.csv", People), new("c.csv", "colour\nred\n")], Compound);

        Assert.Equal(
            [
                "b.csv: the table of people is there already, in a.csv", "c.csv: a table has the columns of one of",
                "grids: this table is missing", "shifts: this table is missing",
            ],
            read.Faults.Select(fault => $"{fault.File}: {fault.Limit.Split(": people")[0]}"));
    }

    [Fact]
    public void What_is_seldom_meant_so_is_a_warning()
    {
        var read = RosterReader.Read(
            Files(grids: "grid,places\ng1,b1-e1\ng2,pump-a\n",
                shifts: "person,grid,days,hours,since\nbutler-07,g1,daily,07:00-23:00,2026-11-01\n"), Compound);

        Assert.Equal(
            [
                "1 homes and lobbies lie in no grid: b1-e2-lobby",
                "6 people have no shift and are never called: butler-08, butler-09, desk-1, desk-2, chief-01, director-01",
                "1 grids have no butler at all: g2", "3 rungs of the chain have nobody at all: hotline, chief, director",
            ],
            RosterWarnings.Of(read.Value!, Compound));
    }
}
