using System.Globalization;
using Hub.Gateway.Inspections;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;

namespace Hub.Gateway.Web.Rounds;

/// <summary>The rounds on a butler's phone and on the chief's desk.</summary>
public static class RoundsDoors
{
    /// <summary>A report with its photos at most.</summary>
    private const int FormBytesMax = 64 << 20;

    private static readonly Dictionary<string, string> Nothing = [];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/rounds", async (
            HttpContext context, Frames frames, RoundsMaker rounds, CancellationToken cancel) =>
            Answers.Page<RoundsPage, RoundsView>(
                frames.For(context, "vacant"), await rounds.MakeAsync("", cancel))).For(Roles.Overseers);
        routes.MapPost("/rounds/begin", BeginAsync).For(Roles.Staff).Form();
        routes.MapPost("/rounds/verdict", VerdictAsync).For(Roles.Overseers).Form();
        routes.MapGet("/rounds/{id}", RoundAsync).For(Roles.Overseers);
        routes.MapGet("/rounds/{id}/{unit}", InspectAsync).For(Roles.Staff);
        routes.MapPost("/rounds/{id}/{unit}/do", TakeAsync).For(Roles.Staff).Form(FormBytesMax);
    }

    private static async Task<IResult> BeginAsync(
        HttpContext context, Frames frames, InspectionBook book, CancellationToken cancel)
    {
        var building = context.Request.Form["building"].ToString();
        var round = await book.BeginAsync(
            building.Length > 0 ? building : null, frames.For(context, "vacant").Visitor!.Id, cancel);
        return new SeeOther($"/rounds/{Uri.EscapeDataString(round.Id)}");
    }

    private static async Task<IResult> RoundAsync(
        HttpContext context, string id, Frames frames, RoundsMaker rounds, CancellationToken cancel) =>
        await rounds.RoundAsync(id, cancel) is { } round
            ? Answers.Page<RoundPage, RoundView>(frames.For(context, "vacant"), new RoundView(round))
            : Results.StatusCode(StatusCodes.Status404NotFound);

    private static async Task<IResult> InspectAsync(
        HttpContext context, string id, string unit, Frames frames, RoundsMaker rounds, CancellationToken cancel)
    {
        var frame = frames.For(context, "vacant");
        return await StopAsync(rounds, id, unit, cancel) is { } stop
            ? Answers.Page<InspectPage, InspectView>(
                frame, new InspectView(id, stop, $"{Guid.CreateVersion7(frame.Now)}", frame.Now, Nothing, []))
            : Results.StatusCode(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> TakeAsync(
        HttpContext context, string id, string unit, Frames frames, RoundsMaker rounds, InspectionBook book,
        PhotoFolder photos, FindingDesk findings, CancellationToken cancel)
    {
        var frame = frames.For(context, "vacant");
        var form = context.Request.Form;
        if (await StopAsync(rounds, id, unit, cancel) is not { } stop
            || !long.TryParse(form["at"], CultureInfo.InvariantCulture, out var ticks)
            || ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        var at = new DateTimeOffset(ticks, TimeSpan.Zero);
        var (report, bytes) = await InspectForm.ReadAsync(id, unit, at, form, cancel);
        var refusal = await book.TakeAsync(form["report"].ToString(), report, frame.Visitor!.Id, cancel);
        var faults = refusal is null ? await StoreAsync(photos, report, bytes, cancel) : refusal.Reasons;
        if (refusal is null)
        {
            await findings.RaiseAsync(cancel);
        }

        if (faults.Count == 0)
        {
            return new SeeOther($"/rounds/{Uri.EscapeDataString(id)}");
        }

        var typed = form.Where(field => field.Key != frame.FormField)
            .ToDictionary(field => field.Key, field => field.Value.ToString());
        return Answers.Page<InspectPage, InspectView>(
            frame, new InspectView(id, stop, form["report"].ToString(), at, typed, faults),
            StatusCodes.Status409Conflict);
    }

    private static async Task<IReadOnlyList<string>> StoreAsync(
        PhotoFolder photos, InspectionReport report, IReadOnlyDictionary<string, byte[]> bytes,
        CancellationToken cancel)
    {
        var faults = new List<string>();
        foreach (var photo in report.Photos)
        {
            var have = photos.Offset(photo);
            using var rest = new MemoryStream(bytes[photo.Sha256][(int)have..]);
            if ((await photos.AppendAsync(photo, have, rest, cancel)).Fault is { } fault)
            {
                faults.Add($"photos: {fault}");
            }
        }

        return faults;
    }

    private static async Task<IResult> VerdictAsync(
        HttpContext context, Frames frames, RoundsMaker rounds, InspectionBook book, FindingDesk findings,
        CancellationToken cancel)
    {
        var frame = frames.For(context, "vacant");
        var form = context.Request.Form;
        var (isGood, words) = (form["verdict"] == "good", form["words"].ToString().Trim());
        var isFinding = long.TryParse(form["finding"], CultureInfo.InvariantCulture, out var finding);
        var refusal = isFinding
            ? await findings.RecheckAsync(finding, isGood, words, People.ActorOf(frame.Visitor!), cancel)
            : frame.Visitor!.Is(Roles.Judges)
                ? await book.SampleAsync(form["inspection"].ToString(), isGood, words, frame.Visitor!.Id, cancel)
                : new InspectionRefusal(InspectionFault.SamePerson, "");
        return refusal is null
            ? new SeeOther("/rounds")
            : Answers.Page<RoundsPage, RoundsView>(
                frame with { Here = "/rounds" },
                await rounds.MakeAsync(frame.T.Of("inspect-fault", refusal.Fault.ToString()), cancel),
                StatusCodes.Status409Conflict);
    }

    private static async Task<StopAnswer?> StopAsync(
        RoundsMaker rounds, string id, string unit, CancellationToken cancel) =>
        (await rounds.RoundAsync(id, cancel))?.Stops.FirstOrDefault(stop => stop.Unit == unit);
}
