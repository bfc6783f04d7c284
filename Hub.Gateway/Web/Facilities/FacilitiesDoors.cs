using System.Text;
using Hub.Gateway.Facilities;
using Hub.Gateway.Requests;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;

namespace Hub.Gateway.Web.Facilities;

/// <summary>The register, one facility, and what people write into them.</summary>
public static class FacilitiesDoors
{
    private const string Section = "facilities";

    public static void Map(IEndpointRouteBuilder routes)
    {
        List<FacilitiesPage>(routes, "/facilities");
        List<FacilitiesFragment>(routes, "/facilities/table");
        routes.MapGet("/facilities/register.csv", async (HttpContext context, CancellationToken cancel) =>
            TypedResults.Text(FacilityFile.Write(await Book(context).ListAsync(cancel)), "text/csv", Encoding.UTF8))
            .For(Roles.Staff);
        routes.MapPost("/facilities/do", DoAsync).For(Roles.Commissioners).Form();
        routes.MapGet("/facilities/import", (HttpContext context, Frames frames) =>
            Answers.Page<TablePage, TableView>(frames.For(context, Section), TableView.Empty)).For(Roles.Commissioners);
        routes.MapPost("/facilities/import", ImportAsync).For(Roles.Commissioners)
            .Form(2 * FacilityPolicy.FileBytesMax);
        routes.MapGet("/facilities/{id}", (
            HttpContext context, string id, Frames frames, FacilitiesMaker maker, CancellationToken cancel) =>
            PageAsync(frames.For(context, Section), id, maker, "", StatusCodes.Status200OK, cancel)).For(Roles.Staff);
        routes.MapPost("/facilities/{id}/do", DoOneAsync).For(Roles.Commissioners).Form();
    }

    private static void List<TPage>(IEndpointRouteBuilder routes, string path)
        where TPage : Page<FacilitiesView> =>
        routes.MapGet(path, async (
            HttpContext context, Frames frames, FacilitiesMaker maker, CancellationToken cancel) =>
        {
            var frame = frames.For(context, Section);
            return Answers.Page<TPage, FacilitiesView>(frame, await maker.ListAsync(frame, "", cancel));
        }).For(Roles.Staff);

    private static async Task<IResult> PageAsync(
        Frame frame, string id, FacilitiesMaker maker, string trouble, int status, CancellationToken cancel,
        PlanAnswer? typed = null) =>
        await maker.OneAsync(frame, id, trouble, cancel) is { } view
            ? Answers.Page<FacilityPage, FacilityView>(
                frame with { Here = $"/facilities/{id}" }, view with { Typed = typed }, status)
            : Results.StatusCode(StatusCodes.Status404NotFound);

    private static async Task<IResult> DoAsync(
        HttpContext context, Frames frames, FacilitiesMaker maker, CancellationToken cancel)
    {
        var vendors = context.RequestServices.GetRequiredService<VendorBook>();
        var (frame, form) = (frames.For(context, Section), context.Request.Form);
        var id = form["id"].ToString().Trim();
        var refusal = form["action"].ToString() switch
        {
            "add" => await Book(context).PutAsync(FacilityForm.Card(id, form), 0, cancel),
            "vendor" => await vendors.PutAsync(FacilityForm.Vendor(form), null, cancel),
            "remove" => await vendors.RemoveAsync(form["vendor"].ToString(), cancel),
            _ => FacilityRefusal.Invalid(""),
        };
        return refusal is null
            ? new SeeOther(form["action"] == "add" ? $"/facilities/{id}" : "/facilities")
            : Answers.Page<FacilitiesPage, FacilitiesView>(
                frame with { Here = "/facilities" }, await maker.ListAsync(frame, Said(frame, refusal), cancel),
                StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> DoOneAsync(
        HttpContext context, string id, Frames frames, FacilitiesMaker maker, CancellationToken cancel)
    {
        var plans = context.RequestServices.GetRequiredService<PlanBook>();
        var (frame, form) = (frames.For(context, Section), context.Request.Form);
        int? version = int.TryParse(form["version"], out var number) ? number : null;
        var refusal = form["action"].ToString() switch
        {
            "card" => await Book(context).PutAsync(FacilityForm.Card(id, form), version, cancel),
            "plan" when FacilityForm.Plan(id, form, plans.Today) is { } plan =>
                await plans.PutAsync(plan, version, cancel),
            "end" => await plans.EndAsync(id, form["plan"].ToString(), version, cancel),
            _ => FacilityRefusal.Invalid(""),
        };
        if (refusal is not null)
        {
            return await PageAsync(
                frame, id, maker, Said(frame, refusal), StatusCodes.Status409Conflict, cancel,
                form["action"] == "plan" ? FacilityForm.Typed(form, plans.Today) : null);
        }

        await plans.DoDueAsync(cancel);
        return new SeeOther($"/facilities/{id}");
    }

    /// <summary>First a file to compare, then the same text with the comparison that was shown, to apply.</summary>
    private static async Task<IResult> ImportAsync(HttpContext context, Frames frames, CancellationToken cancel)
    {
        var (frame, form, book) = (frames.For(context, Section), context.Request.Form, Book(context));
        if (await SentTable.ReadAsync(form, FacilityPolicy.FileBytesMax, cancel) is not { Length: > 0 } text)
        {
            return Refused(frame, TableView.Empty with { Trouble = frame.T["import.unreadable"] });
        }

        var compared = await book.CompareAsync(SentTable.NameOf(form, "facilities.csv"), text, cancel);
        if (compared.Value is not { } diff)
        {
            return Refused(frame, TableView.Empty with
            {
                Trouble = frame.T["import.faults", compared.Faults.Count],
                Faults = compared.Faults,
            });
        }

        var view = TableView.Empty with { Diff = diff, Text = text };
        return form["seen"].ToString() is not { Length: > 0 } seen ? Answers.Page<TablePage, TableView>(frame, view)
            : await book.ApplyAsync(text, seen, cancel) is { } refusal
                ? Refused(frame, view with { Trouble = Said(frame, refusal) })
            : new SeeOther("/facilities");
    }

    private static FacilityBook Book(HttpContext context) =>
        context.RequestServices.GetRequiredService<FacilityBook>();

    private static IResult Refused(Frame frame, TableView view) =>
        Answers.Page<TablePage, TableView>(frame, view, StatusCodes.Status409Conflict);

    private static string Said(Frame frame, FacilityRefusal refusal) =>
        frame.T.Of("facility-fault", $"{refusal.Fault}");
}
