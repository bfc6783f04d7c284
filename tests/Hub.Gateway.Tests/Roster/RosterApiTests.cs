using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Gateway.Roster;
using Hub.Gateway.Tests.Web;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.WorkOrders;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateway.Tests.Roster;

public class RosterApiTests
{
    private const string Path = "api/v1/roster";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_roster_is_imported_asked_covered_and_handed_over_through_the_api()
    {
        await using var hub = await StartAsync();
        using var chief = await hub.BehindAsync("chief-01");

        Assert.Equal(HttpStatusCode.NotFound, (await chief.GetAsync($"{Path}/gaps", Cancel)).StatusCode);
        var dry = await JsonAsync(await chief.PostAsJsonAsync(Path, new RosterImport(Tables(), DryRun: true), Cancel));
        Assert.Equal(7, dry.GetProperty("people").GetInt32());
        Assert.Equal(JsonValueKind.Null, (await GetAsync(chief, Path)).GetProperty("importedAt").ValueKind);
        await JsonAsync(await chief.PostAsJsonAsync(Path, new RosterImport(Tables()), Cancel));

        var called = await GetAsync(chief, $"{Path}/on-duty?space={SampleSite.Lobby}&at=2026-11-23 12:00");
        Assert.Equal("butler-08", FirstOf(called));
        var gaps = await GetAsync(chief, $"{Path}/gaps?days=1");
        Assert.Equal(0, gaps.GetProperty("uncoveredHours").GetDouble());
        Assert.Equal(8, gaps.GetProperty("grids")[0].GetProperty("withoutButlerHours").GetDouble());

        var cover = await JsonAsync(await chief.PostAsJsonAsync(
            $"{Path}/covers", new CoverRequest("butler-08", "butler-09", "2026-11-23 00:00", "2026-11-24"), Cancel));
        called = await GetAsync(chief, $"{Path}/on-duty?space={SampleSite.Lobby}&at=2026-11-23 12:00");
        Assert.Equal("butler-09", FirstOf(called));
        await JsonAsync(await chief.DeleteAsync($"{Path}/covers/{cover.GetProperty("id")}", Cancel));

        var note = await JsonAsync(await chief.PostAsJsonAsync(
            $"{Path}/handovers", new HandoverRequest("g1", "The key is at the desk.", "butler-07"), Cancel));
        await JsonAsync(await chief.PostAsJsonAsync(
            $"{Path}/handovers/{note.GetProperty("id")}/taken", new TakeOverRequest(null), Cancel));
        var taken = (await GetAsync(chief, Path)).GetProperty("handovers")[0];
        Assert.Equal("chief-01", taken.GetProperty("takenBy").GetString());
    }

    [Fact]
    public async Task A_faulty_roster_is_answered_with_every_fault_and_strangers_learn_no_names()
    {
        await using var hub = await StartAsync();
        using var chief = await hub.BehindAsync("chief-01");
        using var butler = await hub.BehindAsync("butler-07");
        using var resident = await hub.BehindAsync("resident");

        var answer = await chief.PostAsJsonAsync(
            Path, new RosterImport([new RosterFile("people.csv", "person,role\nx,y\n")]), Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var faults = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("faults");
        Assert.Equal(4, faults.GetArrayLength());
        Assert.Equal(2, faults[1].GetProperty("line").GetInt32());
        Assert.Equal("role", faults[1].GetProperty("field").GetString());
        answer = await butler.PostAsJsonAsync(Path, new RosterImport(Tables()), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await butler.GetAsync(Path, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await resident.GetAsync(Path, Cancel)).StatusCode);
    }

    private static IReadOnlyList<RosterFile> Tables() =>
        SomeRoster.Files(grids: "grid,places,partners\ng1,b3-e1,g2\ng2,b3-e2,g1\n");

    private static string? FirstOf(JsonElement called) =>
        called.GetProperty("rungs")[0].GetProperty("called").GetProperty("people")[0].GetString();

    private static Task<PagesHub> StartAsync() => PagesHub.StartAsync(
        with: builder =>
        {
            builder.Services.AddSingleton<ICallers, SignedInCallers>();
            builder.AddRoster();
        },
        map: app => app.MapRoster(staff => staff.For(Roles.Staff), keepers => keepers.For(Roles.Commissioners)));

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) =>
        await JsonAsync(await client.GetAsync(path, Cancel));

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
