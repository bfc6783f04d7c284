using Hub.Gateway.Roster;
using Hub.Gateway.Tests.Storage;
using Hub.Gateway.Tests.WorkOrders;
using Microsoft.Extensions.Logging.Abstractions;
using static Hub.Gateway.Tests.Roster.SomeRoster;

namespace Hub.Gateway.Tests.Roster;

public class RosterBookTests : IDisposable
{
    private readonly DeskRoom _room;
    private readonly List<RosterBook> _books = [];

    public RosterBookTests()
        : this(new Tables())
    {
    }

    private protected RosterBookTests(Tables tables) => _room = new DeskRoom(tables);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _books.ForEach(book => book.Dispose());
        _room.Dispose();
    }

    [Fact]
    public async Task What_was_imported_is_there_after_a_restart_and_a_faulty_one_changes_nothing()
    {
        var book = await OpenAsync();
        Assert.Null(book.Duty);
        Assert.True((await book.ImportAsync(Files(), "chief", Cancel)).IsGood);
        Assert.False((await book.ImportAsync(Files(people: "person,role\n"), "chief", Cancel)).IsGood);

        var again = await OpenAsync();

        Assert.Equal(_room.Time.GetUtcNow(), again.Picture.ImportedAt);
        Assert.Equal(RosterRow.Write(book.Picture.Sheet!), RosterRow.Write(again.Picture.Sheet!));
        Assert.Equal(["butler-07"], again.Duty!.Whom("butler", "b1-e1-lobby", Nov(2, 12), isUrgent: false).People);
    }

    [Fact]
    public async Task A_cover_holds_until_it_ends_or_is_taken_back()
    {
        var book = await OpenAsync();
        await book.ImportAsync(Files(), "chief", Cancel);
        var now = _room.Time.GetUtcNow();

        var (_, cover) = await book.AddCoverAsync("butler-07", "butler-08", now, now.AddHours(8), "chief", Cancel);
        Assert.Equal("butler-08", Assert.Single((await OpenAsync()).Picture.Covers).StandIn);
        _room.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(RosterRefusal.None, await book.EndCoverAsync(cover!.Id, "chief", Cancel));

        // What was, was: the hour that it held stays.
        Assert.Equal(now.AddHours(1), Assert.Single(book.Picture.Covers).To);
        Assert.Equal(RosterRefusal.NotFound, await book.EndCoverAsync(cover.Id, "chief", Cancel));
    }

    [Fact]
    public async Task Covers_of_a_table_hold_after_a_restart_and_the_same_again_change_nothing()
    {
        RosterFile covers = new("covers.csv", "absent,by,from,to\nbutler-07,butler-08,2026-11-18,2026-11-19\n");
        var book = await OpenAsync();
        await book.ImportAsync(Files(), "chief", Cancel);
        var imported = book.Picture.ImportedAt;
        _room.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Single((await book.ImportAsync([covers], "chief", Cancel)).Value!.Covers);
        var picture = book.Picture;
        Assert.Empty((await book.ImportAsync([covers], "chief", Cancel)).Value!.Covers);
        Assert.Same(picture, book.Picture);
        RosterFile faulty = covers with { Text = covers.Text + "butler-09,nobody,2026-11-18,2026-11-19\n" };
        Assert.False((await book.ImportAsync([.. Files(), faulty], "chief", Cancel)).IsGood);
        Assert.Same(picture, book.Picture);

        var again = await OpenAsync();
        Assert.Equal("chief", Assert.Single(again.Picture.Covers).MadeBy);
        Assert.Equal(imported, again.Picture.ImportedAt);
        Assert.Equal(["butler-08"], again.Duty!.Whom("butler", "b1-e1-lobby", Nov(18, 12), isUrgent: false).People);
    }

    [Theory]
    [InlineData("butler-99", "butler-08", 0, 1, RosterRefusal.UnknownPerson)]
    [InlineData("butler-07", "butler-99", 0, 1, RosterRefusal.UnknownPerson)]
    [InlineData("butler-07", "butler-07", 0, 1, RosterRefusal.SamePerson)]
    [InlineData("butler-07", null, 1, 1, RosterRefusal.WrongTimes)]
    [InlineData("butler-07", null, -3, -1, RosterRefusal.WrongTimes)]
    [InlineData("butler-07", null, 0, 24 * 401, RosterRefusal.WrongTimes)]
    public async Task A_cover_that_makes_no_sense_is_refused(
        string absent, string? standIn, int from, int to, RosterRefusal refusal)
    {
        var book = await OpenAsync();
        await book.ImportAsync(Files(), "chief", Cancel);
        var now = _room.Time.GetUtcNow();

        var answer = await book.AddCoverAsync(absent, standIn, now.AddHours(from), now.AddHours(to), "chief", Cancel);

        Assert.Equal((refusal, null), answer);
    }

    [Fact]
    public async Task A_note_is_signed_by_two_people_once()
    {
        var book = await OpenAsync();
        await book.ImportAsync(Files(), "chief", Cancel);
        Assert.Equal(RosterRefusal.UnknownGrid, (await book.LeaveAsync("g9", "x", "butler-07", Cancel)).Refusal);
        Assert.Equal(RosterRefusal.NoWords, (await book.LeaveAsync("g1", " ", "butler-07", Cancel)).Refusal);

        var (_, note) = await book.LeaveAsync("g1", "The key of 1-301 is at the desk.", "butler-07", Cancel);

        Assert.Equal(RosterRefusal.SamePerson, await book.TakeOverAsync(note!.Id, "butler-07", Cancel));
        Assert.Equal(RosterRefusal.None, await book.TakeOverAsync(note.Id, "butler-09", Cancel));
        Assert.Equal(RosterRefusal.AlreadyTaken, await book.TakeOverAsync(note.Id, "butler-08", Cancel));
        Assert.Equal(RosterRefusal.NotFound, await book.TakeOverAsync(99, "butler-08", Cancel));
        var left = Assert.Single(await book.HandoversAsync(10, Cancel));
        Assert.Equal(("g1", "butler-07", "butler-09"), (left.Grid, left.By, left.TakenBy));
    }

    private async Task<RosterBook> OpenAsync()
    {
        _room.Premises.Current = Compound;
        _room.Premises.Zone = Shanghai;
        var book = new RosterBook(
            _room, _room.Premises, _room.Feed, new RosterOptions(), _room.Time, NullLogger<RosterBook>.Instance);
        _books.Add(book);
        await book.LoadAsync(Cancel);
        return book;
    }
}
