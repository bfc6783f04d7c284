using System.Text;
using System.Text.Json;
using Hub.Gateway.Requests;
using Hub.Gateway.WorkOrders;
using Microsoft.AspNetCore.Mvc;

namespace Hub.Gateway.Facilities;

/// <summary>
/// The register, the plans and the vendors over HTTP. Whoever writes names the thing and sends the whole of it, so a
/// request that is sent again changes nothing and needs no key of its own.
/// </summary>
public static class FacilitiesApi
{
    public const int LimitMax = 200;

    private static readonly ActorRole[] Writers =
        [ActorRole.Engineer, ActorRole.Chief, ActorRole.Director, ActorRole.Administrator];

    public static WebApplication MapFacilities(this WebApplication app)
    {
        var read = app.MapGroup("/api/v1").WithTags("Facilities").ForStaff()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        read.MapGet("/facilities", ListAsync).WithName("ListFacilities")
            .WithSummary("Facilities by id, with their plans; those of one type or vendor, or with overdue plans.")
            .Produces<FacilityListAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
        read.MapGet("/facilities/{id}", ShowAsync).WithName("ShowFacility").WithSummary("One facility.")
            .Produces<FacilityAnswer>().Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);
        read.MapGet("/facilities/register.csv", async (FacilityBook book, CancellationToken cancel) =>
                TypedResults.Text(FacilityFile.Write(await book.ListAsync(cancel)), "text/csv", Encoding.UTF8))
            .WithName("ExportFacilities").WithSummary("The register as a table that can be imported again.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");
        read.MapGet("/vendors", async (FacilityTeller teller, CancellationToken cancel) => TypedResults.Ok(
                new VendorListAnswer(await teller.VendorsAsync(cancel))))
            .WithName("ListVendors").WithSummary("Vendors by name, with the facilities they are in charge of.");
        read.MapGet("/vendors/{id}", ShowVendorAsync).WithName("ShowVendor").WithSummary("One vendor.")
            .Produces<VendorAnswer>().ProducesProblem(StatusCodes.Status404NotFound);

        var write = app.MapGroup("/api/v1").WithTags("Facilities").ForStaff(Writers)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        write.MapPut("/facilities/{id}", PutAsync).WithName("PutFacility")
            .WithSummary("Writes a facility's card; one that the site doesn't know becomes a place of it.")
            .Produces<FacilityAnswer>();
        write.MapPut("/facilities/{id}/plans/{plan}", PutPlanAsync).WithName("PutPlan")
            .WithSummary("Writes a maintenance plan.").Produces<PlanAnswer>();
        write.MapDelete("/facilities/{id}/plans/{plan}", async (
                string id, string plan, HttpRequest request, PlanBook plans, CancellationToken cancel) =>
                VersionTag.TryRead(request, out var version)
                    ? Answer(await plans.EndAsync(id, plan, version, cancel))
                    : Problem(NoVersion))
            .WithName("EndPlan").WithSummary("No more orders come of a plan.")
            .Produces(StatusCodes.Status204NoContent);
        write.MapPost("/facilities/import", ImportAsync).WithName("ImportFacilities")
            .WithSummary("A table against the register; with apply, the register becomes what the table says.")
            .Accepts<string>("text/csv").Produces<FacilityDiffAnswer>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        write.MapPut("/vendors/{id}", PutVendorAsync).WithName("PutVendor").WithSummary("Writes a vendor.")
            .Produces<VendorAnswer>();
        write.MapDelete("/vendors/{id}", async (string id, VendorBook vendors, CancellationToken cancel) =>
                Answer(await vendors.RemoveAsync(id, cancel)))
            .WithName("RemoveVendor").WithSummary("Takes a vendor off the list, unless something names it.")
            .Produces(StatusCodes.Status204NoContent);
        return app;
    }

    private static FacilityRefusal NoVersion => FacilityRefusal.Changed(0) with
    {
        Sentence = "If-Match is the ETag of an earlier answer.",
    };

    private static async Task<IResult> ListAsync(
        FacilityTeller teller, CancellationToken cancel, [FromQuery] string? type = null,
        [FromQuery] string? vendor = null, [FromQuery] bool overdue = false, [FromQuery] int limit = 50,
        [FromQuery] string? after = null)
    {
        if (limit is < 1 or > LimitMax || (type is not null && !FacilityPolicy.Types.Contains(type)))
        {
            return Problem(FacilityRefusal.Invalid(
                $"type is one of {string.Join(", ", FacilityPolicy.Types)}; limit is 1 to {LimitMax}."));
        }

        var found = (await teller.TellAsync(cancel))
            .Where(facility => (type is null || facility.Type == type) && (vendor is null || facility.Vendor == vendor)
                && (!overdue || facility.Plans.Any(plan => plan.Overdue))
                && (after is null || string.CompareOrdinal(facility.Id, after) > 0))
            .Take(limit + 1).ToList();
        return TypedResults.Ok(new FacilityListAnswer(
            [.. found.Take(limit)], found.Count > limit ? found[limit - 1].Id : null));
    }

    private static async Task<IResult> ShowAsync(
        string id, HttpContext context, FacilityTeller teller, CancellationToken cancel) =>
        (await teller.TellAsync(cancel)).FirstOrDefault(facility => facility.Id == id) is { } found
            ? Tagged(context, found.Version, found)
            : Problem(new(FacilityFault.UnknownFacility, $"There is no facility {id}."));

    private static async Task<IResult> ShowVendorAsync(
        string id, HttpContext context, FacilityTeller teller, CancellationToken cancel) =>
        (await teller.VendorsAsync(cancel)).FirstOrDefault(vendor => vendor.Id == id) is { } found
            ? Tagged(context, found.Version, found)
            : Problem(new(FacilityFault.UnknownVendor, $"There is no vendor {id}."));

    private static async Task<IResult> PutAsync(
        string id, [FromBody] FacilityBodies.Facility body, HttpContext context, FacilityBook book,
        FacilityTeller teller, CancellationToken cancel)
    {
        var refusal = VersionTag.TryRead(context.Request, out var version)
            ? await book.PutAsync(body.Line(id), version, cancel)
            : NoVersion;
        return refusal is null ? await ShowAsync(id, context, teller, cancel) : Problem(refusal);
    }

    private static async Task<IResult> PutPlanAsync(
        string id, string plan, [FromBody] FacilityBodies.Plan body, HttpContext context, PlanBook plans,
        CancellationToken cancel)
    {
        if (body.Read(id, plan, plans.Today) is not { } read)
        {
            return Problem(FacilityRefusal.Invalid(
                "every is a period like 2 weeks, 3 months or 1 year; anchor is due or done."));
        }

        var refusal = VersionTag.TryRead(context.Request, out var version)
            ? await plans.PutAsync(read, version, cancel)
            : NoVersion;
        if (refusal is not null)
        {
            return Problem(refusal);
        }

        await plans.DoDueAsync(cancel);
        var entry = (await plans.ListAsync(cancel)).First(one => (one.Plan.Facility, one.Plan.Id) == (id, plan));
        return Tagged(context, entry.Version, PlanAnswer.Of(entry, plans.Today));
    }

    private static async Task<IResult> PutVendorAsync(
        string id, [FromBody] FacilityBodies.Vendor body, HttpContext context, VendorBook vendors,
        FacilityTeller teller, CancellationToken cancel)
    {
        var refusal = VersionTag.TryRead(context.Request, out var version)
            ? await vendors.PutAsync(body.Read(id), version, cancel)
            : NoVersion;
        return refusal is null ? await ShowVendorAsync(id, context, teller, cancel) : Problem(refusal);
    }

    private static async Task<IResult> ImportAsync(
        HttpContext context, FacilityBook book, CancellationToken cancel, [FromQuery] bool apply = false,
        [FromQuery] string? seen = null, [FromQuery] string? file = null)
    {
        var (text, refused) = await SentTable.ReadAsync(context.Request, FacilityPolicy.FileBytesMax, cancel);
        var (name, unnamed) = SentTable.NameOf(file, "facilities.csv");
        if ((refused ?? unnamed) is { } no)
        {
            return no;
        }

        var compared = await book.CompareAsync(name, text, cancel);
        if (compared.Value is not { } diff)
        {
            return SentTable.Refuse(compared.Faults);
        }

        var refusal = apply ? await book.ApplyAsync(text, seen ?? diff.Fingerprint, cancel) : null;
        return refusal is null ? TypedResults.Ok(FacilityDiffAnswer.Of(diff, apply)) : Problem(refusal);
    }

    private static IResult Tagged<T>(HttpContext context, int version, T answer) =>
        VersionTag.Answer(context, VersionTag.Of(version), answer);

    private static IResult Answer(FacilityRefusal? refusal) =>
        refusal is null ? TypedResults.NoContent() : Problem(refusal);

    /// <summary>A refusal as problem details.</summary>
    private static IResult Problem(FacilityRefusal refusal) => TypedResults.Problem(
        detail: refusal.Sentence,
        statusCode: refusal.Fault switch
        {
            FacilityFault.Invalid => StatusCodes.Status400BadRequest,
            FacilityFault.Changed => StatusCodes.Status412PreconditionFailed,
            FacilityFault.InUse => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status404NotFound,
        },
        title: "The register refused that.",
        extensions: new Dictionary<string, object?>
        {
            ["reason"] = JsonNamingPolicy.KebabCaseLower.ConvertName($"{refusal.Fault}"),
        });
}
