using Hub.AllInOne;
using Hub.Gateway.Notify;
using Hub.Gateway.Roster;
using Hub.Rules.Simulation;
using Hub.Rules.Site;

namespace Hub.Proof.Tests;

public class DemoRosterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 4, 0, 0, TimeSpan.Zero);

    /// <summary>At no hour does a call in the demo reach nobody, and every rung is somebody's whom a channel reaches.</summary>
    [Fact]
    public void The_demos_people_cover_every_hour_of_its_compound_and_each_has_a_channel()
    {
        var file = SiteFile.Read("site.yaml", new SimulatedBuilding(42, Now).SiteYaml).Value!;
        var site = file.Spaces.Aggregate(
            SiteSnapshot.Empty, (known, space) => known.With(new SiteChange.SpaceDefined(space)));

        var read = RosterReader.Read(DemoRoster.Tables, site);
        var notify = NotifyFile.Read("notify.yaml", DemoRoster.NotifyYaml, _ => "");

        Assert.Equal("", read.ToString() + notify);
        var duty = new DutyTable(read.Value!, [], site, file.Info.Zone);
        Assert.Empty(RosterWarnings.Of(read.Value!, site));
        Assert.DoesNotContain(Holes.Of(duty, site, Now, 14), hole => hole.TakenBy is null);
        Assert.Equal(
            read.Value!.People.Where(person => person.Role != "hotline").Select(person => person.Id),
            notify.Value!.Channels.Select(channel => channel.Person).OfType<string>().Distinct());
    }
}
