using Hub.Rules.Alarms;
using Microsoft.AspNetCore.Mvc;

namespace Hub.Gateway.WorkOrders;

/// <summary>An order that a person writes down: what a customer asked for at the desk or on the phone.</summary>
public static class OrderRaising
{
    public static void Map(RouteGroupBuilder orders) => orders.MapPost("/", RaiseAsync)
        .WithName("RaiseOrder")
        .WithSummary("Writes an order down that somebody has asked for.")
        .Produces<OrderAnswer>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict);

    /// <summary>The command that says so; null if the place or the priority is unknown.</summary>
    public static OrderCommand.Raise? Command(
        OrderBodies.Raise body, Actor by, IPremises premises, DateTimeOffset now)
    {
        var (space, kind) = (body.Space ?? "", body.Kind ?? "");
        OrderPriority? priority = body.Priority switch
        {
            null or "normal" => OrderPriority.Normal,
            "urgent" => OrderPriority.Urgent,
            "notice" => OrderPriority.Notice,
            _ => null,
        };
        var matter = string.IsNullOrWhiteSpace(body.Matter) ? kind : $"{kind}:{body.Matter.Trim()}";
        return priority is not { } soon || !premises.Current.Spaces.ContainsKey(space)
            ? null
            : new OrderCommand.Raise(
                space, new OrderRequest(kind, matter, soon, AudienceOf(kind)), body.At ?? now, by,
                Words: body.Words?.Trim() ?? "", AppointedFor: body.AppointedFor);
    }

    private static async Task<IResult> RaiseAsync(
        [FromBody] OrderBodies.Raise body, HttpContext context, OrderDesk desk, OrderTeller teller, ICallers callers,
        IPremises premises, CancellationToken cancel)
    {
        if (callers.CallerOf(context) is not { } caller)
        {
            return OrderProblems.Stranger();
        }

        if (Command(body, caller, premises, desk.Now) is not { } command)
        {
            return OrderProblems.Bad(
                $"There is no place '{body.Space}', or the priority is none of notice, normal and urgent.");
        }

        var answer = await OrderSteps.OnceAsync(
            context, $"{caller.Id}|new", body, () => desk.RaiseAsync(command, cancel));
        if (answer is not { IsDone: true, Order: { } order })
        {
            return answer?.Refusal is { } refusal
                ? OrderProblems.Of(refusal, answer.Order?.Id)
                : OrderProblems.KeyUsed();
        }

        context.Response.Headers.ETag = OrdersApi.TagOf(order);
        return TypedResults.Created(
            $"/api/v1/orders/{order.Id}",
            await teller.WholeAsync(order, OrdersApi.LanguageOf(context.Request), cancel));
    }

    /// <summary>Complaints are for whoever is above those who are complained of.</summary>
    private static string AudienceOf(string kind) => kind switch
    {
        "complaint" => "chief",
        "device" => "engineer",
        _ => "butler",
    };
}
