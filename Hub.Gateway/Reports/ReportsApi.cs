using System.Text;
using Hub.Gateway.WorkOrders;
using Microsoft.AspNetCore.Mvc;

namespace Hub.Gateway.Reports;

/// <summary>Reports over HTTP: JSON, or one table as CSV.</summary>
public static class ReportsApi
{
    /// <summary>Who had how much to do is the chief's; quality supervises.</summary>
    private static readonly ActorRole[] Readers =
        [ActorRole.Chief, ActorRole.Director, ActorRole.Quality, ActorRole.Administrator];

    public static WebApplication MapReports(this WebApplication app)
    {
        app.MapGet("/api/v1/reports/{name}", ReportAsync).WithTags("Reports").ForStaff(Readers)
            .WithName("ShowReport")
            .WithSummary("A month's report: sla, care, workload, custody or meters; JSON, or one table as CSV.")
            .Produces<Report>().Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        return app;
    }

    private static async Task<IResult> ReportAsync(
        string name, ReportBook book, TimeProvider time, CancellationToken cancel, [FromQuery] string? month = null,
        [FromQuery] string? owner = null, [FromQuery] string format = "json", [FromQuery] string? table = null)
    {
        if (ReportMonth.Read(month ?? ReportMonth.Of(time.GetUtcNow(), book.Zone), book.Zone) is not { } span
            || format is not ("json" or "csv"))
        {
            return TypedResults.Problem(
                "month is like 2026-11; format is json or csv.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (await book.MakeAsync(name, span.From, span.To, owner, cancel) is not { } report)
        {
            return TypedResults.Problem(
                $"There is no report {name}; there are {string.Join(", ", ReportBook.Names)}.",
                statusCode: StatusCodes.Status404NotFound);
        }

        if (format == "json")
        {
            return TypedResults.Ok(report);
        }

        return report.Tables.FirstOrDefault(one => table is null || one.Id == table) is { } wanted
            ? TypedResults.Text(wanted.ToCsv(), "text/csv", Encoding.UTF8)
            : TypedResults.Problem(
                $"It has no table {table}; it has {string.Join(", ", report.Tables.Select(one => one.Id))}.",
                statusCode: StatusCodes.Status404NotFound);
    }
}
