using System.Globalization;
using Hub.Gateway.Fleet;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Web.Devices;

/// <summary>What reports and what does not, and bringing a device into service.</summary>
public static class FleetDoors
{
    private const int NameCharsMax = 128;

    public static void Map(IEndpointRouteBuilder routes)
    {
        Part<FleetPage>(routes, "/fleet");
        Part<FleetFragment>(routes, "/fleet/tree");
        routes.MapGet("/fleet/losses", (HttpContext context, Frames frames, LossesMaker losses) =>
        {
            var frame = frames.For(context, "fleet");
            return Answers.Page<LossesPage, LossesView>(frame, losses.Make(frame));
        }).For(Roles.Staff);
        routes.MapPost("/fleet/commission", CommissionAsync).For(Roles.Commissioners).Form();
        routes.MapPost("/fleet/replay", ReplayAsync).For(Roles.Commissioners).Form();
        routes.MapPost("/fleet/unit", AnswerAsync).For(Roles.Commissioners).Form();
    }

    private static void Part<TPage>(IEndpointRouteBuilder routes, string path)
        where TPage : Page<FleetView> =>
        routes.MapGet(path, async (
            HttpContext context, Frames frames, FleetMaker fleet, string? done, string? answered,
            CancellationToken cancel) =>
        {
            var frame = frames.For(context, "fleet");
            var said = done is { Length: > 0 and <= NameCharsMax } ? frame.T["fleet.commissioned", done]
                : answered is { Length: > 0 } ? frame.T["unit.answered"]
                : null;
            return Answers.Page<TPage, FleetView>(frame, await fleet.MakeAsync(frame, cancel, done: said));
        }).For(Roles.Staff);

    private static async Task<IResult> ReplayAsync(
        HttpContext context, Frames frames, FleetMaker fleet, CancellationToken cancel)
    {
        var frame = frames.For(context, "fleet");
        var replays = context.RequestServices.GetRequiredService<Replays>();
        // Without a number all that was set aside is tried again.
        var isOne = long.TryParse(context.Request.Form["number"], CultureInfo.InvariantCulture, out var number);
        var result = await replays.RunAsync(new ReplayRequest(isOne ? number : null), cancel);
        var said = frame.T["fleet.replayed", result.Messages, result.Readings];
        return Answers.Page<FleetPage, FleetView>(
            frame with { Here = "/fleet" }, await fleet.MakeAsync(frame, cancel, done: said));
    }

    private static async Task<IResult> CommissionAsync(
        HttpContext context, Frames frames, FleetMaker fleet, IPremises premises, CancellationToken cancel)
    {
        var frame = frames.For(context, "fleet");
        var form = context.Request.Form;
        var (edge, device, space) = (form["edge"].ToString(), form["device"].ToString(), form["space"].ToString());
        if (edge.Length is 0 or > NameCharsMax || device.Length is 0 or > NameCharsMax)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        // The book would make a new facility of an unknown name; at a form that is a slip of the pen.
        if (!premises.Current.Spaces.ContainsKey(space))
        {
            return Answers.Page<FleetPage, FleetView>(
                frame with { Here = "/fleet" },
                await fleet.MakeAsync(frame, cancel, frame.T["fleet.no-place", space]),
                StatusCodes.Status409Conflict);
        }

        var book = context.RequestServices.GetRequiredService<FleetBook>();
        var points = await book.CommissionAsync(Point.DeviceIdOf(edge, device), space, cancel);
        return points.Count > 0
            ? new SeeOther("/fleet?done=" + Uri.EscapeDataString(device))
            : Answers.Page<FleetPage, FleetView>(
                frame with { Here = "/fleet" }, await fleet.MakeAsync(frame, cancel, frame.T["fleet.gone", device]),
                StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context, Frames frames, FleetMaker fleet, CancellationToken cancel)
    {
        var frame = frames.For(context, "fleet");
        var form = context.Request.Form;
        var said = new UnitAnswer(
            form["answer"], Number(form["factor"]), Number(form["finalRegister"]), Number(form["startRegister"]),
            form["serial"].ToString() is { Length: > 0 } serial ? serial : null);
        string trouble;
        try
        {
            var point = int.TryParse(form["point"], CultureInfo.InvariantCulture, out var number) ? number : 0;
            var book = context.RequestServices.GetRequiredService<FleetBook>();
            var fault = await book.AnswerAsync(new PointNumber(point), said, frame.Visitor!.Id, cancel);
            if (fault is null)
            {
                return new SeeOther("/fleet?answered=1");
            }

            trouble = frame.T.Of("unit-fault", fault.Field);
        }
        catch (KeyNotFoundException)
        {
            trouble = frame.T["unit.gone"];
        }

        return Answers.Page<FleetPage, FleetView>(
            frame with { Here = "/fleet" }, await fleet.MakeAsync(frame, cancel, trouble),
            StatusCodes.Status409Conflict);
    }

    // What is no number is refused as none: the field says what is wanted.
    private static double? Number(string? typed) =>
        double.TryParse(typed?.Trim().Replace(',', '.'), CultureInfo.InvariantCulture, out var number) ? number
        : string.IsNullOrWhiteSpace(typed) ? null : double.NaN;
}
