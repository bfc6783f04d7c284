using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Hub.Gateway.Inspections;
using Hub.Gateway.Tests.Units;
using Hub.Gateway.WorkOrders;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateway.Tests.Inspections;

/// <summary>A twentieth of BUILDINGHUB_SEEDS says how many rounds are walked; one takes half a second.</summary>
[Collection(nameof(WholeHub))]
public class OfflineRoundTests(WholeHub hub)
{
    private const int UnitsCount = 10;
    private const int ListedMax = 100;

    private static readonly int Seeds = int.TryParse(
        Environment.GetEnvironmentVariable("BUILDINGHUB_SEEDS"), CultureInfo.InvariantCulture, out var seeds)
        ? Math.Max(1, seeds / 20)
        : 1;

    [Fact]
    public async Task A_monthly_round_from_a_phone_that_is_offline_half_of_the_time_loses_nothing_and_doubles_nothing()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}");
            await WalkAsync(seed);
        }

        var listed = await hub.GetAsync("/api/v1/rounds");
        Assert.InRange(listed.GetArrayLength(), Math.Min(Seeds, ListedMax), ListedMax);
    }

    private async Task WalkAsync(int seed)
    {
        var random = new Random(seed);
        var building = $"r{seed}";
        await AddUnitsAsync(building);
        var round = await hub.PostAsync($"/api/v1/rounds?building={building}", new { });
        var id = round.GetProperty("round").GetProperty("id").GetString()!;
        var phone = new Phone(hub.Client, random);
        var photos = new Dictionary<string, byte[]>();
        var stops = round.GetProperty("stops").EnumerateArray().Select(stop => stop.GetProperty("unit").GetString()!).ToList();
        Assert.Equal(Enumerable.Range(1, UnitsCount).Reverse().Select(floor => $"{building}-{floor:00}"), stops);

        foreach (var (unit, index) in stops.Select((unit, index) => (unit, index)))
        {
            var taken = Enumerable.Range(0, 1 + random.Next(3))
                .Select(_ => Photos.Make(random, 1_000 + random.Next(4_000))).ToList();
            taken.ForEach(photo => photos[Photos.HashOf(photo)] = photo);
            phone.Keep($"{building}-i{index}", Report(id, unit, index, taken), taken);
            for (var tries = random.Next(6); tries > 0; tries--)
            {
                await phone.TryOnceAsync();
            }
        }

        while (!phone.IsDone)
        {
            Assert.True(phone.Requests < 20_000, $"Seed {seed} does not come to an end.");
            await phone.TryOnceAsync();
        }

        Assert.True(phone.Requests > 2 * (UnitsCount + photos.Count), "The network was never away.");
        await CheckAsync(id, building, photos);
    }

    private async Task CheckAsync(string round, string building, Dictionary<string, byte[]> photos)
    {
        var come = await hub.Services.GetRequiredService<InspectionBook>()
            .OfRoundAsync(round, TestContext.Current.CancellationToken);
        Assert.Equal(UnitsCount, come.Count);
        Assert.Equal(UnitsCount, come.Select(inspection => inspection.Report.Unit).Distinct().Count());
        foreach (var (hash, bytes) in photos)
        {
            var stored = await hub.Client.GetByteArrayAsync($"/api/v1/photos/{hash}", TestContext.Current.CancellationToken);
            Assert.Equal(bytes, stored);
        }

        // Every third unit has a stain: each is one finding and one order, however often its report came.
        var findings = (await hub.Services.GetRequiredService<FindingDesk>().OpenAsync(TestContext.Current.CancellationToken))
            .Where(finding => finding.Unit.StartsWith($"{building}-", StringComparison.Ordinal)).ToList();
        Assert.Equal((UnitsCount + 2) / 3, findings.Count);
        Assert.Equal(findings.Count, findings.Select(finding => finding.Order).Distinct().Count());
        var orders = hub.Services.GetRequiredService<OrderDesk>().OpenOrders;
        Assert.Equal(findings.Count, orders.Count(order => order.SpaceId.StartsWith($"{building}-", StringComparison.Ordinal)));
        var summary = (await hub.GetAsync($"/api/v1/rounds/{round}")).GetProperty("round");
        Assert.Equal((UnitsCount, UnitsCount), (summary.GetProperty("stops").GetInt32(), summary.GetProperty("done").GetInt32()));
    }

    private InspectionReport Report(string round, string unit, int index, List<byte[]> photos)
    {
        CheckAnswer[] failed = index % 3 == 0 ? [new CheckAnswer("walls", "fail", "repair", "a stain")] : [];
        return InspectionReports.Of(round, unit, hub.Time.GetUtcNow(), failed) with
        {
            Photos = [.. photos.Select(photo => Photos.Note(photo))],
        };
    }

    private async Task AddUnitsAsync(string building)
    {
        var table = new StringBuilder("unit,state,since,building,entrance,floor\n");
        for (var floor = 1; floor <= UnitsCount; floor++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{building}-{floor:00},custody,2026-10-01,{building},{building}-e1,{floor}\n");
        }

        var added = await hub.SendAsync(
            HttpMethod.Post, "/api/v1/units/import?apply=true", new StringContent(table.ToString(), Encoding.UTF8, "text/csv"));
        Assert.Equal(HttpStatusCode.OK, added.Status);
        Assert.Equal(JsonValueKind.True, added.Answer.GetProperty("applied").ValueKind);
    }
}
