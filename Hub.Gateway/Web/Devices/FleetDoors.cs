using Hub.Gateway.Site;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Web.Devices;

/// <summary>What reports and what does not, and bringing a device into service.</summary>
public static class FleetDoors
{
    private const int NameCharsMax = 128;

    public static void Map(IEndpointRouteBuilder routes)
    {
        Part<FleetPage>(routes, "/fleet");
        Part<FleetFragment>(routes, "/fleet/tree");
        routes.MapPost("/fleet/commission", CommissionAsync).For(Roles.Commissioners).Form();
    }

    private static void Part<TPage>(IEndpointRouteBuilder routes, string path)
        where TPage : Page<FleetView> =>
        routes.MapGet(path, (HttpContext context, Frames frames, FleetMaker fleet, string? done) =>
        {
            var frame = frames.For(context, "fleet");
            var said = done is { Length: > 0 and <= NameCharsMax } ? frame.T["fleet.commissioned", done] : null;
            return Answers.Page<TPage, FleetView>(frame, fleet.Make(frame, done: said));
        }).For(Roles.Staff);

    private static async Task<IResult> CommissionAsync(
        HttpContext context, Frames frames, FleetMaker fleet, IPremises premises, CancellationToken cancel)
    {
        var frame = frames.For(context, "fleet");
        var form = context.Request.Form;
        string[] names = [form["edge"].ToString(), form["device"].ToString(), form["signal"].ToString()];
        var space = form["space"].ToString();
        if (names.Any(name => name.Length is 0 or > NameCharsMax))
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        // The book would make a new facility of an unknown name; at a form that is a slip of the pen.
        if (!premises.Current.Spaces.ContainsKey(space))
        {
            return Answers.Page<FleetPage, FleetView>(
                frame with { Here = "/fleet" }, fleet.Make(frame, frame.T["fleet.no-place", space]),
                StatusCodes.Status409Conflict);
        }

        var book = context.RequestServices.GetRequiredService<SiteBook>();
        await book.CommissionAsync(names[0], names[1], names[2], space, cancel);
        return new SeeOther("/fleet?done=" + Uri.EscapeDataString(names[1]));
    }
}
