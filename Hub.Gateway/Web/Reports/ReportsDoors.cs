using Hub.Gateway.Reports;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;

namespace Hub.Gateway.Web.Reports;

/// <summary>Reports to read and to print; for the chief and quality.</summary>
public static class ReportsDoors
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/reports", ShowAsync).For(Roles.Judges);

    private static async Task<IResult> ShowAsync(
        HttpContext context, Frames frames, ReportBook book, string? name, string? month, CancellationToken cancel)
    {
        var frame = frames.For(context, "vacant");
        var asked = month ?? ReportMonth.Of(frame.Now, book.Zone);
        return ReportMonth.Read(asked, book.Zone) is { } span
            && await book.MakeAsync(name ?? ReportBook.Names[0], span.From, span.To, null, cancel) is { } report
            ? Answers.Page<ReportsPage, ReportsView>(frame, new ReportsView(asked, report))
            : Results.StatusCode(StatusCodes.Status404NotFound);
    }
}
