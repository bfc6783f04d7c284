using System.Net;
using System.Text.RegularExpressions;
using Hub.Gateway.Inspections;
using Hub.Gateway.Tests.Units;
using Hub.Gateway.Tests.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateway.Tests.Inspections;

[Collection(nameof(WholeHub))]
public sealed partial class RoundsPageTests(WholeHub hub)
{
    private const string Unit = "b1-e1-0402";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_butler_walks_a_round_on_a_phone_without_script()
    {
        var begun = await PagesHub.PostAsync(hub.Client, "/rounds?lang=en", "/rounds/begin", ("building", "b1"));
        var round = begun.Headers.Location!.ToString();
        var walk = await hub.Client.GetStringAsync(round, Cancel);
        Assert.Equal(HttpStatusCode.SeeOther, begun.StatusCode);
        Assert.Contains($"{round}/{Unit}", walk, StringComparison.Ordinal);

        var photo = Photos.Make(new Random(3), 2_000);
        var form = await FormAsync($"{round}/{Unit}", photo);
        using var first = await hub.Client.PostAsync($"{round}/{Unit}/do", form(), Cancel);
        using var again = await hub.Client.PostAsync($"{round}/{Unit}/do", form(), Cancel);

        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        var come = await hub.Services.GetRequiredService<InspectionBook>().OfRoundAsync(round["/rounds/".Length..], Cancel);
        Assert.Equal(Photos.HashOf(photo), Assert.Single(Assert.Single(come).Report.Photos).Sha256);
        Assert.Equal(photo, await hub.Client.GetByteArrayAsync($"/api/v1/photos/{Photos.HashOf(photo)}", Cancel));
        var list = await hub.Client.GetStringAsync("/rounds?lang=en", Cancel);
        Assert.Contains("a smell of gas", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_not_whole_comes_back_with_what_was_typed()
    {
        var begun = await PagesHub.PostAsync(hub.Client, "/rounds?lang=en", "/rounds/begin", ("building", "b1"));
        var page = $"{begun.Headers.Location}/b1-e1-0401";

        using var answer = await PagesHub.PostAsync(
            hub.Client, page, $"{page}/do", ("report", "p-9"), ("at", $"{hub.Time.GetUtcNow().UtcTicks}"),
            ("a-walls", "fail"), ("w-walls", ""), ("remark", "ladder needed"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("ladder needed", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    /// <summary>The page's form filled in: all good but for the smell.</summary>
    private async Task<Func<MultipartFormDataContent>> FormAsync(string page, byte[] photo)
    {
        var html = await hub.Client.GetStringAsync(page, Cancel);
        var hidden = Hidden().Matches(html).ToDictionary(
            field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
        return () =>
        {
            var form = new MultipartFormDataContent();
            foreach (var (name, value) in hidden)
            {
                form.Add(new StringContent(value), name);
            }

            foreach (var item in Checklist.Items)
            {
                form.Add(new StringContent(item == "odour" ? Checklist.Fail : Checklist.Pass), $"a-{item}");
            }

            form.Add(new StringContent("repair"), "c-odour");
            form.Add(new StringContent("a smell of gas"), "w-odour");
            form.Add(new ByteArrayContent(photo), "photos", "smell.jpg");
            return form;
        };
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
