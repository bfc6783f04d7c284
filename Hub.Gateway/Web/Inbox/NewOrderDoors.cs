using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Web.Inbox;

/// <summary>Where the desk writes down what somebody asks for on the phone or in the lobby.</summary>
public static class NewOrderDoors
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/inbox/new", (HttpContext context, Frames frames, OrderDesk desk, IPremises premises) =>
        {
            var frame = frames.For(context, "inbox");
            var view = View(desk, premises, new Dictionary<string, string>());
            return Answers.Page<NewOrderPage, NewOrderView>(frame, view);
        }).For(Roles.Staff);
        routes.MapPost("/inbox/new", RaiseAsync).For(Roles.Staff).Form();
    }

    private static async Task<IResult> RaiseAsync(
        HttpContext context, Frames frames, OrderDesk desk, IPremises premises, CancellationToken cancel)
    {
        var frame = frames.For(context, "inbox");
        var fields = context.Request.Form.Where(field => field.Key != frame.FormField)
            .ToDictionary(field => field.Key, field => field.Value.ToString().Trim());
        var (typed, wanted) = (fields.GetValueOrDefault("place", ""), fields.GetValueOrDefault("appointed", ""));
        var space = premises.Current.Spaces.Values.FirstOrDefault(space => space.Name == typed || space.Id == typed);
        var time = frame.Times.FromInput(wanted);
        var body = new OrderBodies.Raise(
            space?.Id, fields.GetValueOrDefault("kind"), fields.GetValueOrDefault("words"), null, null, null, time);
        var command = time is null && wanted.Length > 0
            ? null
            : OrderRaising.Command(body, People.ActorOf(frame.Visitor!), premises, frame.Now);
        var answer = command is null ? null : await desk.RaiseAsync(command, cancel);
        if (answer is { IsDone: true, Order: { } order })
        {
            return new SeeOther($"/o/{order.Id}");
        }

        var trouble = answer?.Refusal is { } refusal ? Sentences.Of(refusal, frame)
            : space is null ? frame.T["new.unknown", typed] : frame.T["refusal.Unreadable"];
        return Answers.Page<NewOrderPage, NewOrderView>(
            frame, View(desk, premises, fields) with { Trouble = trouble }, StatusCodes.Status409Conflict);
    }

    private static NewOrderView View(
        OrderDesk desk, IPremises premises, IReadOnlyDictionary<string, string> fields) => new(
        [.. desk.Policy.PersonKinds], [.. premises.Current.Spaces.Values.Select(space => space.Name).Order()], fields);
}
