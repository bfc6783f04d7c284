using Hub.Gateway.Roster;
using static Hub.Gateway.Tests.Roster.SomeRoster;

namespace Hub.Gateway.Tests.Roster;

public class CoverReaderTests
{
    private static readonly DateTimeOffset Now = Nov(20, 12);

    [Fact]
    public void Times_are_read_as_people_and_spreadsheets_write_them_on_the_sites_clocks()
    {
        var read = Read(
            "\uFEFFabsent;by;from;to\nbutler-07;butler-08;2026-11-24 07:00;2026-11-27\n"
            + "# who is on leave\nbutler-09;;2026/11/30 7:05;2026-12-01T00:00:00+08:00\n");

        Assert.Equal(
            [
                new CoverPlan("butler-07", "butler-08", Nov(24, 7), Nov(27, 0)),
                new CoverPlan("butler-09", null, Nov(30, 7, 5), Nov(30, 0).AddDays(1)),
            ],
            read.Value!.Covers);
        Assert.False(read.Value.IsNew);
    }

    [Fact]
    public void Every_fault_comes_at_once_with_its_line_field_value_limit_and_cure()
    {
        var read = Read(
            "absent,stand,from,to\nbutler-7,,2026-11-24,2026-11-25\nbutler-07,,24.12.,\n"
            + "butler-08,,2026-11-24,2026-11-24\nbutler-08,,2026-11-24,2028-01-01\nbutler-08,,2026-11-01,2026-11-02\n"
            + "butler-09,,2026-11-24,2026-11-25\nbutler-09,,2026-11-24,2026-11-25 00:00\n",
            ("more.csv", "absent,from,to\n"));

        Assert.Null(read.Value);
        Assert.Equal(
            [
                "covers.csv:1: stand is 'stand'; the columns are absent, from, to, by",
                "covers.csv:2: absent is 'butler-7'; nobody in the roster has this id; did you mean 'butler-07'?",
                "covers.csv:3: from is '24.12.'; it must be a time on the site's clocks, such as 2026-12-24 07:00; a day alone is its 0:00",
                "covers.csv:3: to is missing; it must be given",
                "covers.csv:4: to is '2026-11-24'; the end must be after the beginning",
                "covers.csv:5: to is '2028-01-01'; it may be at most 400 days ahead",
                "covers.csv:6: to is '2026-11-02'; it must be still ahead; leave out what is over",
                "covers.csv:8: absent is 'butler-09'; the same cover stands above; leave one of the two out",
                "more.csv:1: the table of covers is there already, in covers.csv; put all of them in one",
            ],
            read.Faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void It_takes_two_people_and_no_more_covers_than_fit()
    {
        var two = Read(
            "absent,by,from,to\nbutler-07,butler-07,2026-11-24,2026-11-25\nbutler-07,butler-99,2026-11-24,2026-11-25\n");
        var many = Read(
            "absent,from,to\nbutler-07,2026-11-24,2026-11-25\n", known: new Cover(1, "butler-09", null, Now, Nov(22, 0), ""),
            options: new RosterOptions { CoversMax = 1 });

        Assert.Equal(
            ["it takes two people: this is the same one", "nobody in the roster has this id"],
            two.Faults.Select(fault => fault.Limit));
        Assert.Equal("covers.csv: there may be at most 1 covers that hold or come; take some back", $"{many}");
    }

    [Fact]
    public void What_is_written_down_already_is_no_news_even_when_it_is_over()
    {
        const string Table = "absent,by,from,to\nbutler-07,butler-08,2026-11-18,2026-11-19\n";

        Assert.Empty(Read(Table, known: new Cover(1, "butler-07", "butler-08", Nov(18, 0), Nov(19, 0), "")).Value!.Covers);
        Assert.False(Read(Table).IsGood);
    }

    [Fact]
    public void Covers_come_with_the_roster_whose_people_they_are_or_after_one()
    {
        RosterFile covers = new("covers.csv", "absent,from,to\nbutler-07,2026-11-24,2026-11-25\n");

        var both = Take([.. Files(), covers], RosterPicture.Empty);
        var alone = Take([covers], RosterPicture.Empty);

        Assert.True(both.Value!.IsNew);
        Assert.Single(both.Value.Covers);
        Assert.Equal("there is no roster yet whose people could stand in", Assert.Single(alone.Faults).Limit);
    }

    private static Hub.Rules.Files.Checked<RosterIntake> Read(
        string text, (string Name, string Text)? more = null, Cover? known = null, RosterOptions? options = null) =>
        Take(
            [new("covers.csv", text), .. more is { } file ? [new RosterFile(file.Name, file.Text)] : Array.Empty<RosterFile>()],
            RosterPicture.Empty with { Sheet = Sheet(), Covers = known is null ? [] : [known] }, options);

    private static Hub.Rules.Files.Checked<RosterIntake> Take(
        IReadOnlyList<RosterFile> files, RosterPicture present, RosterOptions? options = null) =>
        RosterIntake.Read(files, Compound, present, Shanghai, Now, options ?? new RosterOptions());
}
