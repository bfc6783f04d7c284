using System.Globalization;
using Hub.Gateway.Requests;
using Hub.Gateway.Roster;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;

namespace Hub.Gateway.Web.Roster;

/// <summary>The roster's page, and what people write into it.</summary>
public static class RosterDoors
{
    private const int FileBytesMax = 1 << 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        Part<RosterPage>(routes, "/roster");
        Part<RosterFragment>(routes, "/roster/now");
        routes.MapPost("/roster/do", DoAsync).For(Roles.Staff).Form();
        routes.MapPost("/roster/import/do", ImportAsync).For(Roles.Commissioners).Form(2 * FileBytesMax);
    }

    private static void Part<TPage>(IEndpointRouteBuilder routes, string path)
        where TPage : Page<RosterView> =>
        routes.MapGet(path, async (
            HttpContext context, Frames frames, RosterMaker roster, CancellationToken cancel) =>
        {
            var frame = frames.For(context, "roster");
            return Answers.Page<TPage, RosterView>(frame, await roster.MakeAsync(frame, cancel));
        }).For(Roles.Staff);

    private static async Task<IResult> DoAsync(
        HttpContext context, Frames frames, RosterMaker roster, CancellationToken cancel)
    {
        var book = context.RequestServices.GetRequiredService<RosterBook>();
        var frame = frames.For(context, "roster");
        var (form, me) = (context.Request.Form, frame.Visitor!.Id);
        var refusal = form["action"].ToString() switch
        {
            "cover" when Time("from") is { } from && Time("to") is { } to =>
                (await book.AddCoverAsync(Text("absent"), Filled("standIn"), from, to, me, cancel)).Refusal,
            "cover" => RosterRefusal.WrongTimes,
            "end" => await book.EndCoverAsync(Number("id"), me, cancel),
            "leave" => (await book.LeaveAsync(Text("grid"), Text("words"), Filled("by") ?? me, cancel)).Refusal,
            "take" => await book.TakeOverAsync(Number("id"), Filled("by") ?? me, cancel),
            _ => RosterRefusal.NotFound,
        };
        return refusal == RosterRefusal.None
            ? new SeeOther("/roster")
            : Refused(frame, await roster.MakeAsync(frame, cancel, frame.T.Of("roster-refusal", $"{refusal}")));

        string Text(string field) => form[field].ToString().Trim();

        string? Filled(string field) => Text(field) is { Length: > 0 } text ? text : null;

        DateTimeOffset? Time(string field) => frame.Times.FromInput(Text(field));

        long Number(string field) => long.TryParse(Text(field), CultureInfo.InvariantCulture, out var id) ? id : 0;
    }

    private static async Task<IResult> ImportAsync(
        HttpContext context, Frames frames, RosterMaker roster, CancellationToken cancel)
    {
        var book = context.RequestServices.GetRequiredService<RosterBook>();
        var frame = frames.For(context, "roster");
        List<RosterFile> tables = [];
        foreach (var file in context.Request.Form.Files)
        {
            if (await SentTable.ReadAsync(file, cancel) is not { } text)
            {
                return Refused(frame, await roster.MakeAsync(frame, cancel, frame.T["import.unreadable"]));
            }

            tables.Add(new RosterFile(file.FileName, text));
        }

        var read = await book.ImportAsync(tables, frame.Visitor!.Id, cancel);
        return read.IsGood
            ? new SeeOther("/roster")
            : Refused(frame, await roster.MakeAsync(
                frame, cancel, frame.T["import.faults", read.Faults.Count], read.Faults));
    }

    private static IResult Refused(Frame frame, RosterView view) => Answers.Page<RosterPage, RosterView>(
        frame with { Here = "/roster" }, view, StatusCodes.Status409Conflict);
}
