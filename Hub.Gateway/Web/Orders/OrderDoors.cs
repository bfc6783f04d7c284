using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Web.Orders;

/// <summary>The page of one order, its parts alone, and the steps taken on it.</summary>
public static class OrderDoors
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Part<OrderPage>(routes, "/o/{id:long}");
        Part<HeadFragment>(routes, "/o/{id:long}/head");
        Part<ChartsFragment>(routes, "/o/{id:long}/chart");
        Part<HistoryFragment>(routes, "/o/{id:long}/history");
        Part<LadderFragment>(routes, "/o/{id:long}/ladder");
        Part<StepsFragment>(routes, "/o/{id:long}/actions");
        Part<ClocksFragment>(routes, "/o/{id:long}/clocks");
        routes.MapPost("/o/{id:long}/do", DoAsync).For(Roles.Overseers).Form();
        routes.MapPost("/o/{id:long}/undo", UndoAsync).For(Roles.Overseers).Form();
    }

    private static void Part<TPage>(IEndpointRouteBuilder routes, string path)
        where TPage : Page<OrderView> =>
        routes.MapGet(path, async (
            HttpContext context, long id, Frames frames, OrderMaker orders, CancellationToken cancel) =>
        {
            var frame = frames.For(context, "inbox");
            return await orders.MakeAsync(frame, id, cancel) is { } view
                ? Answers.Page<TPage, OrderView>(frame, view)
                : Results.StatusCode(StatusCodes.Status404NotFound);
        }).For(Roles.Overseers);

    private static async Task<IResult> DoAsync(
        HttpContext context, long id, Frames frames, OrderMaker orders, OrderDesk desk, CancellationToken cancel)
    {
        var frame = frames.For(context, "inbox");
        var form = context.Request.Form;
        if (OrderForm.ActionOf(form["action"]) is not { } action)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        var fields = form.Where(field => field.Key != frame.FormField)
            .ToDictionary(field => field.Key, field => field.Value.ToString());
        var command = OrderForm.Command(action, fields, People.ActorOf(frame.Visitor!), frame.Times);
        var answer = command is null ? null : await desk.DoAsync(id, command, cancel);
        if (answer is { IsDone: true })
        {
            return new SeeOther($"/o/{id}");
        }

        // The page comes back as it is now, with the reason and with every word that had been typed.
        var reason = answer?.Refusal is { } refusal ? Sentences.Of(refusal, frame) : frame.T["refusal.Unreadable"];
        var view = await orders.MakeAsync(frame, id, cancel, new Attempt(action, reason, fields));
        return view is null
            ? Results.StatusCode(StatusCodes.Status404NotFound)
            : Answers.Page<OrderPage, OrderView>(frame, view, StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> UndoAsync(
        HttpContext context, long id, Frames frames, OrderMaker orders, OrderDesk desk, CancellationToken cancel)
    {
        var frame = frames.For(context, "inbox");
        var answer = await desk.DoAsync(id, new OrderCommand.Undo(People.ActorOf(frame.Visitor!)), cancel);
        if (answer.Refusal is not { } refusal)
        {
            return new SeeOther($"/o/{id}");
        }

        var attempt = new Attempt(OrderAction.Accept, Sentences.Of(refusal, frame), new Dictionary<string, string>());
        return await orders.MakeAsync(frame, id, cancel, attempt) is { } view
            ? Answers.Page<OrderPage, OrderView>(frame, view, StatusCodes.Status409Conflict)
            : Results.StatusCode(StatusCodes.Status404NotFound);
    }
}
