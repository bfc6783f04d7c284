using Hub.Gateway.Units;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Units;

public class LedgerFileTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly DateTimeOffset May = new(2026, 5, 2, 16, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, string> Owners = new() { ["b1-0301"] = "F-17" };

    private static readonly SiteSnapshot Site = SiteSnapshot.Empty
        .With(new SiteChange.SpaceDefined(
            new Space("b1-0301", SpaceKind.Unit, "301", "b1", "b1-e1", 3, Occupancy.Custody, May)))
        .With(new SiteChange.SpaceDefined(new Space("b1-0302", SpaceKind.Unit, "302", "b1", "b1-e1", 3)))
        .With(new SiteChange.SpaceDefined(new Space("b1-0401", SpaceKind.Unit, "401, south", "b1", "b1-e1", 4)))
        .With(new SiteChange.SpaceDefined(new Space("lobby", SpaceKind.Lobby, "lobby")));

    [Fact]
    public void Every_fault_of_a_file_is_said_at_once_with_its_line()
    {
        var read = LedgerFile.Read("l.csv", """
            unit,state,since,floor,owner
            b1-0301,custdy,,,
            b1-0302,unsold,2027-01-01,3,
            b1-0302,occupied,2026-01-01,high,
            lobby,unlet,yesterday,,
            b1 0501,unlet,,,012345678901234567890123456789012345678901234567890123456789x
            """, Shanghai, Now, Site);

        Assert.Equal(
            [
                "2 state", "3 since", "4 floor", "4 since", "4 unit", "5 since", "5 unit", "6 unit", "6 owner",
            ],
            read.Faults.Select(fault => $"{fault.Line} {fault.Field}").ToList());
        Assert.Contains("did you mean 'custody'?", $"{read.Faults[0]}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_held_against_the_ledger_unit_by_unit()
    {
        var diff = Diff("""
            unit,state,since,owner
            b1-0301,unlet,,F-17
            b1-0302,occupied,,F-18
            b1-0501,unsold,2026-01-01,
            """);

        Assert.Equal("b1-0501", Assert.Single(diff.Added).Unit.Id);
        Assert.Equal(["b1-0301", "b1-0302"], diff.Changed.Select(change => change.Unit.Id));
        Assert.Equal([true, false], diff.Changed.Select(change => change.IsMove));
        Assert.Equal("b1-0401", Assert.Single(diff.Missing).Id);
        Assert.Equal(0, diff.Same);
    }

    [Fact]
    public void Applied_the_ledger_is_as_the_file_says_and_nothing_differs_any_more()
    {
        const string File = """
            unit,state,since
            b1-0301,custody,2026-04-01
            b1-0302,notMovedIn,2026-11-01
            b1-0501,unsold,2026-01-01
            """;

        var site = Diff(File).Changes("chief", Now).Aggregate(Site, (before, change) => before.With(change));
        var after = Diff(File, site);

        Assert.Equal((0, 0, 3), (after.Added.Count, after.Changed.Count, after.Same));
        Assert.Equal(May.AddDays(-32), site.Spaces["b1-0301"].VacantSince);
        Assert.Equal(SpaceKind.Unit, site.Spaces["b1-0501"].Kind);
    }

    [Fact]
    public void The_ledger_written_and_read_again_differs_in_nothing()
    {
        var text = LedgerFile.Write(
            Site.Spaces.Values.Where(space => space.Kind == SpaceKind.Unit), Owners, Shanghai);

        var diff = Diff(text);

        Assert.StartsWith("\uFEFFunit,state,", text, StringComparison.Ordinal);
        Assert.Contains("b1-0301,custody,2026-05-03,F-17,301,b1,b1-e1,3\r\n", text, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0, 3), (diff.Added.Count, diff.Changed.Count, diff.Missing.Count, diff.Same));
    }

    [Fact]
    public void The_fingerprint_is_another_one_once_the_ledger_has_moved_on()
    {
        const string File = "unit,state\nb1-0301,unlet\n";
        var moved = Site.With(new SiteChange.OccupancyChanged("b1-0301", Occupancy.Unsold, Now));

        Assert.Equal(Diff(File).Fingerprint, Diff(File).Fingerprint);
        Assert.NotEqual(Diff(File).Fingerprint, Diff(File, moved).Fingerprint);
    }

    [Fact]
    public void Butlers_walk_from_the_top_of_each_entrance_down() => Assert.Equal(
        ["b1-0401", "b1-0301", "b1-0302"],
        WalkingOrder.Of(Site.Spaces.Values.Where(space => space.Kind == SpaceKind.Unit)).Select(unit => unit.Id));

    private static LedgerDiff Diff(string text, SiteSnapshot? site = null)
    {
        var read = LedgerFile.Read("l.csv", text, Shanghai, Now, site ?? Site);
        Assert.Empty(read.Faults);
        return LedgerDiff.Of(site ?? Site, Owners, read.Value!);
    }
}
