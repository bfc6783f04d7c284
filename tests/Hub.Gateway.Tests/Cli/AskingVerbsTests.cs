using Hub.Gateway.Cli;
using Hub.Gateway.Inspections;
using Hub.Gateway.Tests.Inspections;
using Hub.Gateway.Tests.Roster;
using Hub.Gateway.WorkOrders;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateway.Tests.Cli;

/// <summary>Each verb that asks a running hub, once, as a script sees it: exit code, data, and the words of a refusal.</summary>
public sealed class AskingVerbsTests(AskedHub hub) : IClassFixture<AskedHub>
{
    private static readonly Actor Wang = new("butler-07", ActorRole.Butler, "Wang");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders()
    {
        var number = SecondLine(await hub.OkAsync(
            "orders raise --space b1-e1-0302 --kind request --words", "A key is lost."))[0];

        Assert.Contains(number, await hub.OkAsync("orders list --space b1-e1-0302"));
        Assert.Equal("accepted", SecondLine(await hub.OkAsync($"orders do {number} accept"))[1]);
        await hub.OkAsync($"orders do {number} note", "words=1 + 1 = 2");
        Assert.Contains(number, await hub.OkAsync($"orders trace {number} --lang zh-Hans"));
        Assert.StartsWith("{", await hub.OkAsync($"orders trace {number} --json"), StringComparison.Ordinal);

        await hub.RefusesAsync(ExitCode.Usage, "'dance'", $"orders do {number} dance");
        await hub.RefusesAsync(ExitCode.Usage, "'quickly' has no name", $"orders do {number} note quickly");
        await hub.RefusesAsync(ExitCode.Usage, "words is there twice", $"orders do {number} note words=a words=b");
        await hub.RefusesAsync(ExitCode.Usage, "400", $"orders do {number} followup how=phone rating=good");
        await hub.RefusesAsync(ExitCode.Usage, "open, followup or all", "orders list --state lost");
        await hub.RefusesAsync(
            ExitCode.Usage, "no place 'moon'", "orders raise --space moon --kind request --words Air");
        await hub.RefusesAsync(ExitCode.NotFound, "There is no order 77.", "orders do 77 accept");
        await hub.RefusesAsync(ExitCode.NotFound, "There is no order 77.", "orders trace 77");
        await hub.RefusesAsync(ExitCode.Conflict, "resolved", $"orders do {number} reopen reason=stuck");
    }

    [Fact]
    public async Task Units()
    {
        await hub.WriteAsync("ledger.csv", "unit,state\nb1-e1-0501,custody\n");
        await hub.WriteAsync("faulty.csv", "unit,state\nb9-e9-0501,rented\n");

        Assert.Contains("b1-e1-0301", await hub.OkAsync("units list --state custody"));
        Assert.Contains("custody", await hub.OkAsync("units show b1-e1-0301"));
        Assert.Contains("occupied", await hub.OkAsync("units move-in b1-e1-0401"));
        Assert.Contains("unlet", await hub.OkAsync("units move-out b1-e1-0401 unlet"));
        const string Window = "units window b1-e1-0301 viewing 2026-11-22T06:00:00Z 2026-11-22T07:00:00Z";
        Assert.Contains("viewing", await hub.OkAsync(Window));
        Assert.DoesNotContain("viewing", await hub.OkAsync($"{Window} --withdraw"));
        Assert.Contains("flush", await hub.OkAsync("units homecoming b1-e1-0402 2026-12-01T06:00:00Z"));
        Assert.Contains(
            "~ b1-e1-0501: state unsold -> custody", await hub.OkAsync($"units import {hub["ledger.csv"]}"));
        Assert.Contains("Applied.", await hub.OkAsync($"units import {hub["ledger.csv"]} --apply"));
        Assert.StartsWith("\uFEFFunit,", await hub.OkAsync("units export"), StringComparison.Ordinal);

        await hub.RefusesAsync(ExitCode.NotFound, "moon", "units show moon");
        await hub.RefusesAsync(ExitCode.Usage, "state is", "units list --state rented");
        await hub.RefusesAsync(ExitCode.Usage, "unsold", "units move-out b1-e1-0302 rented");
        await hub.RefusesAsync(ExitCode.Conflict, "b1-e1-0302", "units move-in b1-e1-0302");
        await hub.RefusesAsync(ExitCode.Conflict, "window", $"{Window} --withdraw");
        await hub.RefusesAsync(ExitCode.NotFound, "There is no file", $"units import {hub["none.csv"]}");
        await hub.RefusesAsync(ExitCode.CheckFailed, "faulty.csv:2: state is 'rented'", $"units import {hub["faulty.csv"]}");
    }

    [Fact]
    public async Task Roster()
    {
        foreach (var table in SomeRoster.Files(grids: "grid,places\ng1,b1-e1\ng2,b1-e1-0301\n"))
        {
            await hub.WriteAsync(table.Name, table.Text);
        }

        await hub.WriteAsync("faulty.csv", "person,name,role\nx,X,king\n");
        var files = $"{hub["people.csv"]} {hub["grids.csv"]} {hub["shifts.csv"]}";

        Assert.Equal("ok", (await hub.OkAsync($"roster check {files}")).Trim());
        await hub.RefusesAsync(ExitCode.NotFound, "roster", "roster gaps");
        Assert.Contains("7 people, 2 grids and 7 shifts", await hub.OkAsync($"roster import {files}"));
        await hub.WriteAsync("leave.csv", "absent,by,from,to\nbutler-09,butler-08,2026-12-24,2026-12-25\n");
        Assert.Contains("; 1 covers are new.", await hub.OkAsync($"roster import {hub["leave.csv"]}"));
        Assert.Contains("; 0 covers are new.", await hub.OkAsync($"roster import {hub["leave.csv"]}"));
        Assert.Contains("there is no roster yet", (await hub.RunAsync($"roster check {hub["leave.csv"]}")).Output);
        Assert.Contains("butler-07", await hub.OkAsync("roster show"));
        Assert.Contains("butler-07", await hub.OkAsync(
            "roster show --space b1-e1-lobby --at", "2026-11-21 12:00"));
        Assert.Equal(ExitCode.Ok, (await hub.RunAsync("roster gaps --days 1")).Code);
        var cover = await hub.OkAsync("roster cover add butler-07 --by butler-08 --to 2026-11-30");
        Assert.Contains("is over", await hub.OkAsync($"roster cover end {cover.Split(' ')[1]}"));
        var note = await hub.OkAsync("roster handover leave g1 --by butler-07", "The key is at the desk.");
        var take = $"roster handover take {note.Split(' ')[1]} --by";
        await hub.RefusesAsync(ExitCode.Conflict, "two people", $"{take} butler-07");
        Assert.Contains("is signed", await hub.OkAsync($"{take} butler-08"));

        await hub.RefusesAsync(ExitCode.NotFound, "can't be read", $"roster import {hub["none.csv"]}");
        await hub.RefusesAsync(ExitCode.CheckFailed, "king", $"roster import {hub["faulty.csv"]}");
        await hub.RefusesAsync(ExitCode.NotFound, "There is no", "roster cover end 77");
        await hub.RefusesAsync(ExitCode.Usage, "moon", "roster show --space moon");
        await hub.RefusesAsync(ExitCode.Usage, "--to", "roster cover add butler-07");
    }

    [Fact]
    public async Task Inspections_which_others_have_made()
    {
        Assert.Contains("b1-e1-0301", await hub.OkAsync("inspections begin"));
        var round = SecondLine(await hub.OkAsync("inspections rounds"))[0];
        var report = InspectionReports.Of(
            round, "b1-e1-0301", hub.Time.GetUtcNow(), new CheckAnswer("doors", Checklist.Fail, "repair", "It jams."));
        Assert.Null(await hub.Services.GetRequiredService<InspectionBook>().TakeAsync("r-1", report, Wang.Id, Cancel));
        await hub.Services.GetRequiredService<FindingDesk>().RaiseAsync(Cancel);

        Assert.Contains("r-1", await hub.OkAsync($"inspections round {round}"));
        Assert.Contains("It jams.", await hub.OkAsync("inspections show r-1"));
        var finding = SecondLine(await hub.OkAsync("inspections findings"));
        await hub.RefusesAsync(ExitCode.Conflict, "once its order is resolved", $"inspections recheck {finding[0]} --good");
        var desk = hub.Services.GetRequiredService<OrderDesk>();
        var order = long.Parse(finding[5], System.Globalization.CultureInfo.InvariantCulture);
        await desk.DoAsync(order, new OrderCommand.Arrive(Wang), Cancel);
        await desk.DoAsync(order, new OrderCommand.Resolve("repair", "planed", Wang), Cancel);
        Assert.Contains("Noted", await hub.OkAsync($"inspections recheck {finding[0]} --good --words smooth"));
        Assert.Contains("doors", await hub.OkAsync("inspections sample r-1 --good"));

        await hub.RefusesAsync(ExitCode.Conflict, "sampled already", "inspections sample r-1 --good");
        await hub.RefusesAsync(ExitCode.NotFound, "There is no inspection r-2.", "inspections show r-2");
        await hub.RefusesAsync(ExitCode.NotFound, "There is no round 1999-01.", "inspections round 1999-01");
        await hub.RefusesAsync(ExitCode.NotFound, "The hub answers 404", "inspections recheck soon --good");
    }

    [Fact]
    public async Task Reports()
    {
        Assert.StartsWith("CLOCKS", await hub.OkAsync("sla report --month 2026-11"), StringComparison.Ordinal);
        Assert.Contains("METERS", await hub.OkAsync("reports show meters"));
        Assert.StartsWith("\uFEFF", await hub.OkAsync("reports show sla --csv --table hours"), StringComparison.Ordinal);

        await hub.RefusesAsync(ExitCode.NotFound, "there are sla", "reports show gossip");
        await hub.RefusesAsync(ExitCode.NotFound, "It has no table x", "reports show sla --csv --table x");
        await hub.RefusesAsync(ExitCode.Usage, "month is like", "sla report --month May");
    }

    [Fact]
    public async Task Facilities_and_vendors()
    {
        await hub.WriteAsync("register.csv", "facility,type,name\ntank-1,tank,Tank 1\n");

        Assert.Contains("wilo", await hub.OkAsync("vendors put wilo --name Wilo --until 2027-01-31"));
        Assert.Contains("Wilo", await hub.OkAsync("vendors list"));
        Assert.Contains("lift-1", await hub.OkAsync("facilities put lift-1 --type lift --vendor wilo --name", "Lift 1"));
        Assert.Contains("lift-1", await hub.OkAsync("facilities list --type lift --vendor wilo"));
        Assert.Contains("oil", await hub.OkAsync("facilities plan lift-1 oil --name Oil --every", "1 year"));
        Assert.Contains("Oil", await hub.OkAsync("facilities show lift-1"));
        Assert.Empty(await hub.OkAsync("facilities end-plan lift-1 oil"));
        Assert.Contains("+ tank-1", await hub.OkAsync($"facilities import {hub["register.csv"]}"));
        Assert.Contains("lift-1", await hub.OkAsync("facilities export"));

        await hub.RefusesAsync(ExitCode.Conflict, "name wilo", "vendors remove wilo");
        await hub.OkAsync("facilities put lift-1 --type lift");
        Assert.Empty(await hub.OkAsync("vendors remove wilo"));
        await hub.RefusesAsync(ExitCode.NotFound, "wilo", "vendors remove wilo");
        await hub.RefusesAsync(ExitCode.NotFound, "moon", "facilities show moon");
        await hub.RefusesAsync(ExitCode.Usage, "A type is one of", "facilities put tank-2 --type rocket");
        await hub.RefusesAsync(ExitCode.Usage, "every is a period", "facilities plan lift-1 oil --name Oil --every often");
        await hub.RefusesAsync(ExitCode.Usage, "soon", "vendors put wilo --name Wilo --until soon");
    }

    [Fact]
    public async Task DevicesConfig()
    {
        await hub.WriteAsync("edge.json", """{"version":"1","lines":[]}""");
        await hub.WriteAsync("faulty.json", """{"version":"1","pins":[]}""");
        var (line, file) = ("devices config edge-b1", $"--file {hub["edge.json"]}");

        Assert.Contains("nothing is wanted of it", await hub.OkAsync(line));
        Assert.Contains("sent; the edge is away", await hub.OkAsync($"{line} {file} --no-wait"));
        Assert.Equal(ExitCode.Pending, (await hub.RunAsync($"{line} {file}")).Code);
        var (code, shown, _) = await hub.RunAsync(line);
        Assert.Equal(ExitCode.Pending, code);
        Assert.Contains("wanted   1, since 2026-11-", shown);
        Assert.Contains("wanted   nothing, since", await hub.OkAsync($"{line} --clear"));

        var faulty = $"{line} --file {hub["faulty.json"]}";
        await hub.RefusesAsync(ExitCode.CheckFailed, "faulty.json:1: pins is '[…]'; there is no key 'pins'", faulty);
        await hub.RefusesAsync(ExitCode.NotFound, "There is no file", $"{line} --file {hub["none.json"]}");
        await hub.RefusesAsync(ExitCode.Usage, "say one of them", $"{line} {file} --clear");
        await hub.RefusesAsync(ExitCode.Usage, "An edge's id has", "devices config a+b");
    }

    [Fact]
    public async Task Notify()
    {
        Assert.Contains("phones", await hub.OkAsync("notify list"));
        Assert.Contains("phones has delivered the test.", await hub.OkAsync("notify test phones"));
        Assert.StartsWith("ID", await hub.OkAsync("notify log --person butler-07"), StringComparison.Ordinal);

        Assert.Contains("wang is silent until", await hub.OkAsync("notify pause wang --until", "2026-11-21 18:00"));
        Assert.Contains("2026-11-21T10:00:00", await hub.OkAsync("notify list --person butler-07"));
        Assert.DoesNotContain("phones", await hub.OkAsync("notify list --person butler-07"));
        Assert.Contains("wang speaks again.", await hub.OkAsync("notify resume wang"));

        await hub.RefusesAsync(ExitCode.Conflict, "Many read this channel", "notify pause phones --until 2026-11-22");
        await hub.RefusesAsync(ExitCode.Usage, "within 7 days", "notify pause wang --until 2026-12-24");
        await hub.RefusesAsync(ExitCode.Failure, "refused", "notify test dead");
        await hub.RefusesAsync(ExitCode.NotFound, "There is no channel 'drums'", "notify test drums");
        await hub.RefusesAsync(ExitCode.Usage, "'x'", "notify log --order x");
    }

    [Theory]
    [InlineData("orders list")]
    [InlineData("units export")]
    [InlineData("devices config edge-b1")]
    [InlineData("roster gaps")]
    [InlineData("inspections begin")]
    [InlineData("sla report")]
    [InlineData("facilities list")]
    [InlineData("vendors list")]
    [InlineData("notify test phones")]
    public Task Where_no_hub_answers_that_is_said(string line) => hub.RefusesAsync(
        ExitCode.Unreachable, "No hub answers at http://127.0.0.1:1/", $"{line} --hub http://127.0.0.1:1");

    private static string[] SecondLine(string table) =>
        table.Split('\n')[1].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
