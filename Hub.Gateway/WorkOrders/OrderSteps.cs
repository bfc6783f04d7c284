using Hub.Gateway.Requests;
using Microsoft.AspNetCore.Mvc;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// One POST for each step. <c>If-Match</c> refuses what was decided on an older version (412); an
/// <c>Idempotency-Key</c> gives a repeated request the first one's answer; <c>?at=</c> says when it was done, where the
/// phone had no connection then.
/// </summary>
internal static class OrderSteps
{
    public static void Map(RouteGroupBuilder orders)
    {
        Step(orders, "accept", "I have it.", by => new OrderCommand.Accept(by));
        Step(orders, "arrive", "I am there.", by => new OrderCommand.Arrive(by));
        Step(orders, "answer", "I have the customer on the phone.", by => new OrderCommand.Answer(by));
        Step<OrderBodies.Explain>(orders, "explain", "The customer has been told that it takes longer.", (body, by) =>
            new OrderCommand.Explain(body.How ?? "", body.ToWhom ?? "", body.Words ?? "", body.NewTime, by));
        Step<OrderBodies.Hand>(orders, "vendor", "An outside party is needed.", (body, by) =>
            new OrderCommand.HandToVendor(body.Vendor ?? "", body.What ?? "", by));
        Step<OrderBodies.Commit>(orders, "commit", "The customer has been given a date.", (body, by) =>
            new OrderCommand.Commit(body.DueAt, body.How ?? "", by));
        Step<OrderBodies.Appoint>(orders, "appoint", "The customer wants somebody there at another time.", (body, by) =>
            new OrderCommand.Appoint(body.For, body.How ?? "", by));
        Step<OrderBodies.Because>(orders, "enlarge", "A small repair turns out to be a large one.", (body, by) =>
            new OrderCommand.Enlarge(body.Reason ?? "", by));
        Step<OrderBodies.Resolve>(orders, "resolve", "It is solved.", (body, by) =>
            new OrderCommand.Resolve(body.Cause ?? "", body.Remark ?? "", by));
        Step<OrderBodies.FollowUp>(orders, "followup", "The customer has been asked.", (body, by) =>
            new OrderCommand.FollowUp(body.How ?? "", body.Result ?? "", body.Rating, by));
        Step<OrderBodies.Because>(orders, "reopen", "It is not solved after all.", (body, by) =>
            new OrderCommand.Reopen(body.Reason ?? "", by));
        Step<OrderBodies.Because>(orders, "cancel", "It was a mistake.", (body, by) =>
            new OrderCommand.Cancel(body.Reason ?? "", by));
        Step<OrderBodies.Because>(orders, "override", "It is solved although the signal does not agree.", (body, by) =>
            new OrderCommand.OverrideClose(body.Reason ?? "", by));
        Step<OrderBodies.Say>(orders, "note", "Something to remember.", (body, by) =>
            new OrderCommand.Note(body.Words ?? "", by));
        Step<OrderBodies.Merge>(orders, "merge", "Another order goes on with this.", (body, by) =>
            new OrderCommand.Merge(body.Into, $"{body.Into}", by));
        Step(orders, "undo", "What I did within the last 10 seconds was a mistake.", by => new OrderCommand.Undo(by));
    }

    private static void Step(
        RouteGroupBuilder orders, string step, string summary, Func<Actor, OrderCommand> command) =>
        Describe(step, summary, orders.MapPost(
            $"/{{id}}/{step}", (string id, HttpContext context, CancellationToken cancel) =>
                DoAsync(id, context, command, cancel)));

    private static void Step<TBody>(
        RouteGroupBuilder orders, string step, string summary, Func<TBody, Actor, OrderCommand> command) =>
        Describe(step, summary, orders.MapPost(
            $"/{{id}}/{step}", (string id, [FromBody] TBody body, HttpContext context, CancellationToken cancel) =>
                DoAsync(id, context, by => command(body, by), cancel)));

    private static void Describe(string step, string summary, RouteHandlerBuilder route) => route
        .WithName($"{char.ToUpperInvariant(step[0])}{step[1..]}Order")
        .WithSummary(summary)
        .Produces<OrderAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);

    private static async Task<IResult> DoAsync(
        string id, HttpContext context, Func<Actor, OrderCommand> command, CancellationToken cancel)
    {
        var services = context.RequestServices;
        if (services.GetRequiredService<ICallers>().CallerOf(context) is not { } caller)
        {
            return OrderProblems.Stranger();
        }

        var desk = services.GetRequiredService<OrderDesk>();
        if (await OrdersApi.FindAsync(desk, id, cancel) is not { } order)
        {
            return OrderProblems.Of(new Refusal(RefusalReason.NotFound, $"There is no order {id}."), null);
        }

        if (!VersionTag.TryRead(context.Request, out var version, OrdersApi.TagBefore(order.Id)))
        {
            var changed = $"The order has changed: it is at version {order.Version}.";
            return OrderProblems.Of(new Refusal(RefusalReason.Changed, changed), order.Id);
        }

        if (!OrdersApi.TryReadTime(context.Request, "at", out var doneAt))
        {
            return OrderProblems.Bad("at is an instant such as 2026-11-03T09:04:30Z.");
        }

        var wanted = command(caller) with { DoneAt = doneAt };
        var answer = await OnceAsync(
            context, $"{caller.Id}|{order.Id}", wanted, () => desk.DoAsync(order.Id, wanted, cancel, version));
        return await AnswerAsync(answer, order, context, cancel);
    }

    /// <summary>Asks the desk, once for each Idempotency-Key; null if the key was used for something else.</summary>
    internal static async Task<DeskAnswer?> OnceAsync(
        HttpContext context, string asker, object wanted, Func<Task<DeskAnswer>> ask)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        return key.Length == 0
            ? await ask()
            : await context.RequestServices.GetRequiredService<SentAnswers>().GetAsync($"{asker}|{key}", wanted, ask);
    }

    private static async Task<IResult> AnswerAsync(
        DeskAnswer? answer, WorkOrder before, HttpContext context, CancellationToken cancel)
    {
        if (answer is null)
        {
            return OrderProblems.KeyUsed();
        }

        var after = answer.Order ?? before;
        context.Response.Headers.ETag = OrdersApi.TagOf(after);
        return answer.Refusal is { } refusal
            ? OrderProblems.Of(refusal, before.Id)
            : TypedResults.Ok(await context.RequestServices.GetRequiredService<OrderTeller>().WholeAsync(
                after, OrdersApi.LanguageOf(context.Request), cancel));
    }
}
