using System.Net;
using System.Text;
using System.Text.Json;
using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Transport.Log;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateway.Tests.Units;

[Collection(nameof(WholeHub))]
public class UnitsApiTests(WholeHub hub)
{
    private const string Home = "/api/v1/units/b1-e1-0301";

    [Fact]
    public async Task The_ledger_lists_vacant_units_with_their_days_page_by_page()
    {
        var page = await hub.GetAsync("/api/v1/units?limit=1&state=unsold");
        var all = await hub.GetAsync("/api/v1/units?state=all&limit=2");
        var rest = await hub.GetAsync($"/api/v1/units?state=all&after={all.GetProperty("next").GetString()}");

        Assert.Equal("b1-e1-0401", Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.True(rest.GetProperty("items").GetArrayLength() >= 2);
        Assert.Equal(HttpStatusCode.BadRequest, (await hub.SendAsync(HttpMethod.Get, "/api/v1/units?state=empty")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.SendAsync(HttpMethod.Get, "/api/v1/units/b9")).Status);
    }

    [Fact]
    public async Task Moving_in_and_out_switches_the_rules_at_once_and_a_replay_of_the_journal_says_the_same()
    {
        Assert.Contains("vacant-door", await RaisedAsync());
        var unit = await hub.PostAsync($"{Home}/move-in", new { });
        Assert.Equal("occupied", unit.GetProperty("unit").GetProperty("state").GetString());
        Assert.DoesNotContain("vacant-door", await RaisedAsync());
        hub.Time.Advance(TimeSpan.FromHours(1));
        await hub.PostAsync($"{Home}/move-out", new { state = "custody" });
        Assert.Equal(await RaisedAsync(), await RaisedAsync());
        Assert.Contains("vacant-door", await RaisedAsync());

        var again = await hub.SendAsync(HttpMethod.Post, $"{Home}/move-out", Json("""{"state":"custody"}"""));
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal("already-so", again.Answer.GetProperty("reason").GetString());
        var history = (await hub.GetAsync(Home)).GetProperty("history").EnumerateArray().ToList();
        Assert.Equal(["custody", "occupied", "custody"], history.Select(move => move.GetProperty("state").GetString()));
        Assert.Equal(["", "chief", "chief"], history.Select(move => move.GetProperty("by").GetString()));
    }

    [Fact]
    public async Task In_a_planned_window_the_door_may_open_and_after_its_withdrawal_it_may_not()
    {
        const string Other = "/api/v1/units/b1-e1-0402/windows";
        var window = new { from = hub.Time.GetUtcNow(), to = hub.Time.GetUtcNow().AddHours(2), reason = "viewing" };

        var planned = await hub.PostAsync(Other, window);
        hub.Time.Advance(TimeSpan.FromMinutes(1));
        var withdrawn = await hub.PostAsync($"{Other}/withdraw", window);

        Assert.Equal("viewing", planned.GetProperty("unit").GetProperty("windows")[0].GetProperty("reason").GetString());
        Assert.Equal(0, withdrawn.GetProperty("unit").GetProperty("windows").GetArrayLength());
        var gone = await hub.SendAsync(HttpMethod.Post, $"{Other}/withdraw", Json(JsonSerializer.Serialize(window)));
        Assert.Equal(HttpStatusCode.Conflict, gone.Status);
    }

    [Fact]
    public async Task A_table_is_compared_first_and_applied_only_as_it_was_shown()
    {
        const string Table = "unit,state,since,owner\nb1-e1-0501,custody,2026-10-01,F-9\nb1-e1-0901,unlet,2026-10-02,\n";
        var shown = (await hub.SendAsync(HttpMethod.Post, "/api/v1/units/import", Csv(Table))).Answer;
        var other = await hub.SendAsync(HttpMethod.Post, "/api/v1/units/import?apply=true&seen=0000", Csv(Table));
        var seen = shown.GetProperty("fingerprint").GetString();
        var applied = await hub.SendAsync(HttpMethod.Post, $"/api/v1/units/import?apply=true&seen={seen}", Csv(Table));
        var after = (await hub.SendAsync(HttpMethod.Post, "/api/v1/units/import", Csv(Table))).Answer;

        Assert.False(shown.GetProperty("applied").GetBoolean());
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.True(applied.Answer.GetProperty("applied").GetBoolean());
        Assert.Equal(2, after.GetProperty("same").GetInt32());
        var unit = (await hub.GetAsync("/api/v1/units/b1-e1-0501")).GetProperty("unit");
        Assert.Equal(("F-9", 51), (unit.GetProperty("owner").GetString(), unit.GetProperty("daysVacant").GetInt32()));
    }

    [Fact]
    public async Task A_faulty_table_changes_nothing_and_says_every_fault()
    {
        var (status, problem) = await hub.SendAsync(
            HttpMethod.Post, "/api/v1/units/import?apply=true&file=may.csv",
            Csv("unit,state\nb1-e1-0302,unsold\nb1-e1-0302,gone\n"));
        foreach (var name in new[] { "", "..%2Fledger.csv", "a%0Ab", new string('x', 256) })
        {
            var refused = await hub.SendAsync(HttpMethod.Post, $"/api/v1/units/import?file={name}", Csv("unit,state\n"));
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.StartsWith("may.csv:3: ", problem.GetProperty("lines")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(2, problem.GetProperty("lines").GetArrayLength());
        var unit = await hub.GetAsync("/api/v1/units/b1-e1-0302");
        Assert.Equal("occupied", unit.GetProperty("unit").GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_pages_show_a_unit_plan_its_windows_and_take_a_table()
    {
        var cancel = TestContext.Current.CancellationToken;
        var list = await hub.Client.GetStringAsync("/vacant?lang=en", cancel);
        var page = await hub.Client.GetStringAsync("/vacant/b1-e1-0402?lang=en", cancel);
        var import = await hub.Client.GetStringAsync("/vacant/import?lang=en", cancel);
        var table = await hub.Client.GetStringAsync("/vacant/ledger.csv", cancel);

        Assert.Contains("/vacant/b1-e1-0402", list, StringComparison.Ordinal);
        Assert.Contains("81 days vacant", page, StringComparison.Ordinal);
        Assert.Contains("multipart/form-data", import, StringComparison.Ordinal);
        Assert.Contains("b1-e1-0402,custody,2026-09-01", table, StringComparison.Ordinal);
    }

    /// <summary>The rules that would fire if the door of the unit opened now, by a fresh reading of the journal.</summary>
    private async Task<List<string>> RaisedAsync()
    {
        var engine = new RulesEngine(RuleSet.From());
        var journal = hub.Services.GetRequiredService<JournalLog>();
        var tail = journal.Tail;
        await foreach (var row in journal.FollowAsync("test", LogPosition.Start, TestContext.Current.CancellationToken))
        {
            foreach (var entry in row.Entries)
            {
                engine.Step(entry);
            }

            if (row.Position >= tail)
            {
                break;
            }
        }

        var site = hub.Services.GetRequiredService<SiteBook>().Current;
        var door = site.Find(new PointId("edge-b1/d-0301/door.open"))!.Number;
        var at = hub.Time.GetUtcNow().AddMinutes(1);
        var opened = from value in new[] { 0, 1 }
                     let second = at.AddMinutes(value)
                     let reading = new Reading(door, second.UtcTicks, value)
                     select new Entry.Readings("edge-b1", "e", value + 1, second, new[] { reading });
        return
        [
            .. opened.Append<Entry>(new Entry.Tick(at.AddMinutes(30))).SelectMany(entry => engine.Step(entry))
                .OfType<AlarmTransition.Raised>().Select(raised => raised.RuleId),
        ];
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
