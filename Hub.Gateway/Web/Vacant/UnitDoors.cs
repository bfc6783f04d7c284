using System.Text;
using Hub.Gateway.Homecoming;
using Hub.Gateway.Requests;
using Hub.Gateway.Units;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;
using Hub.Rules.Site;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Gateway.Web.Vacant;

/// <summary>One unit of the ledger, the steps taken on it, and the ledger as a file.</summary>
public static class UnitDoors
{
    /// <summary>A ledger file at most: it goes to the browser and back between comparing and applying.</summary>
    private const int FileBytesMax = 1 << 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/vacant/{id}", (
            HttpContext context, string id, Frames frames, UnitMaker units, CancellationToken cancel) =>
            PageAsync(frames.For(context, "vacant"), id, units, "", StatusCodes.Status200OK, cancel)).For(Roles.Staff);
        routes.MapPost("/vacant/{id}/do", DoAsync).For(Roles.Staff).Form();
        routes.MapGet("/vacant/ledger.csv", WriteAsync).For(Roles.Staff);
        routes.MapGet("/vacant/import", (HttpContext context, Frames frames) => Answers.Page<ImportPage, ImportView>(
            frames.For(context, "vacant"), ImportView.Empty)).For(Roles.Commissioners);
        routes.MapPost("/vacant/import", ImportAsync).For(Roles.Commissioners).Form(2 * FileBytesMax);
    }

    private static async Task<IResult> PageAsync(
        Frame frame, string id, UnitMaker units, string trouble, int status, CancellationToken cancel) =>
        await units.MakeAsync(frame, id, trouble, cancel) is { } view
            ? Answers.Page<UnitPage, UnitView>(frame, view, status)
            : Results.StatusCode(StatusCodes.Status404NotFound);

    private static async Task<IResult> DoAsync(
        HttpContext context, string id, Frames frames, UnitMaker units, UnitLedger ledger, CancellationToken cancel)
    {
        var frame = frames.For(context, "vacant");
        var form = context.Request.Form;
        var (at, by) = (frame.Times.FromInput(form["at"]) ?? frame.Now, frame.Visitor!.Id);
        UnitRefusal? refusal;
        switch (form["action"].ToString())
        {
            case "move-in":
                refusal = await ledger.MoveAsync(id, Occupancy.Occupied, at, by, cancel);
                break;
            case "move-out" when UnitWords.Read(form["state"]) is { } state and not Occupancy.Occupied:
                refusal = await ledger.MoveAsync(id, state, at, by, cancel);
                break;
            case "return" when frame.Times.FromInput(form["arrives"]) is { } arrives:
                var homecoming = context.RequestServices.GetRequiredService<HomecomingService>();
                refusal = await homecoming.AnnounceAsync(id, arrives, by, cancel);
                break;
            case "owner":
                refusal = await ledger.OwnAsync(id, form["owner"].ToString().Trim(), cancel);
                break;
            case "plan" when Window(id, form, frame) is { } window:
                refusal = await ledger.PlanAsync(window, cancel);
                break;
            case "withdraw" when Announced(ledger, id, form["window"], frame.Now) is { } window:
                refusal = await ledger.WithdrawAsync(window, cancel);
                break;
            case "plan" or "withdraw":
                refusal = new UnitRefusal(UnitFault.WindowOutOfRange, "");
                break;
            default:
                return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        return refusal is null
            ? new SeeOther($"/vacant/{id}")
            : await PageAsync(
                frame, id, units, frame.T.Of("home-fault", refusal.Fault.ToString()), StatusCodes.Status409Conflict,
                cancel);
    }

    private static PlannedWindow? Window(string id, IFormCollection form, Frame frame) =>
        frame.Times.FromInput(form["from"]) is { } from && frame.Times.FromInput(form["to"]) is { } to
            ? new PlannedWindow(id, from.ToUniversalTime(), to.ToUniversalTime(), form["reason"].ToString())
            : null;

    /// <summary>The window that a button stands beside; gone if it has ended meanwhile.</summary>
    private static PlannedWindow? Announced(UnitLedger ledger, string id, string? key, DateTimeOffset now) =>
        UnitTeller.Windows(ledger.Site, id, now).FirstOrDefault(window => UnitPage.KeyOf(window) == key);

    private static async Task<ContentHttpResult> WriteAsync(UnitLedger ledger, CancellationToken cancel) =>
        TypedResults.Text(
            LedgerFile.Write(
                ledger.Site.Spaces.Values.Where(space => space.Kind == SpaceKind.Unit),
                await ledger.OwnersAsync(cancel), ledger.Zone),
            "text/csv", Encoding.UTF8);

    /// <summary>First a file to compare, then the same text with the comparison that was shown, to apply.</summary>
    private static async Task<IResult> ImportAsync(
        HttpContext context, Frames frames, UnitLedger ledger, CancellationToken cancel)
    {
        var frame = frames.For(context, "vacant");
        var form = context.Request.Form;
        if (await SentTable.ReadAsync(form, FileBytesMax, cancel) is not { Length: > 0 } text)
        {
            return Import(frame, ImportView.Empty with { Trouble = frame.T["import.unreadable"] });
        }

        var compared = await ledger.CompareAsync(SentTable.NameOf(form, "ledger.csv"), text, cancel);
        if (compared.Value is not { } diff)
        {
            return Import(frame, ImportView.Empty with
            {
                Trouble = frame.T["import.faults", compared.Faults.Count],
                Faults = compared.Faults,
            });
        }

        var view = ImportView.Empty with { Diff = diff, Text = text };
        if (form["seen"].ToString() is not { Length: > 0 } seen)
        {
            return Answers.Page<ImportPage, ImportView>(frame, view);
        }

        var isSame = seen == diff.Fingerprint;
        return isSame && await ledger.ApplyAsync(diff, frame.Visitor!.Id, cancel) is null
            ? new SeeOther("/vacant")
            : Import(frame, view with { Trouble = frame.T["home-fault.Changed"] });
    }

    private static IResult Import(Frame frame, ImportView view) =>
        Answers.Page<ImportPage, ImportView>(frame, view, StatusCodes.Status409Conflict);
}
