using System.Globalization;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Web.Inbox;

/// <summary>The inbox: the page, its cards alone, and accepting in place.</summary>
public static class InboxDoors
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/inbox", PageAsync).For(Roles.Overseers);
        routes.MapGet("/inbox/cards", CardsAsync).For(Roles.Overseers);
        routes.MapGet("/inbox/ring", RingAsync).For(Roles.Staff);
        routes.MapPost("/inbox/accept", AcceptAsync).For(Roles.Staff).Form();
    }

    private static async Task<IResult> PageAsync(
        HttpContext context, Frames frames, InboxMaker inbox, string? tab, CancellationToken cancel)
    {
        var frame = frames.For(context, "inbox");
        return Answers.Page<InboxPage, InboxView>(frame, await inbox.MakeAsync(frame, tab, cancel));
    }

    private static async Task<IResult> CardsAsync(
        HttpContext context, Frames frames, InboxMaker inbox, string? tab, CancellationToken cancel)
    {
        var frame = frames.For(context, "inbox");
        return Answers.Page<CardsFragment, InboxView>(frame, await inbox.MakeAsync(frame, tab, cancel));
    }

    private static async Task<IResult> RingAsync(
        HttpContext context, Frames frames, InboxMaker inbox, CancellationToken cancel)
    {
        var frame = frames.For(context, "inbox");
        return Answers.Page<RingFragment, RingView>(frame, await inbox.RingAsync(frame, cancel));
    }

    private static async Task<IResult> AcceptAsync(
        HttpContext context, Frames frames, InboxMaker inbox, OrderDesk desk, CancellationToken cancel)
    {
        var form = context.Request.Form;
        var tab = form["tab"].ToString();
        var frame = frames.For(context, "inbox");
        if (!long.TryParse(form["order"], NumberStyles.None, CultureInfo.InvariantCulture, out var order))
        {
            return Results.NotFound();
        }

        var answer = await desk.DoAsync(
            order, new OrderCommand.Accept(People.ActorOf(frame.Visitor!)), cancel);
        var isFragment = context.Request.Headers.ContainsKey("X-Fragment");
        if (answer.IsDone && !isFragment)
        {
            return new SeeOther("/inbox?tab=" + Uri.EscapeDataString(tab));
        }

        var view = await inbox.MakeAsync(
            frame, tab, cancel, answer.Refusal is { } refusal ? Sentences.Of(refusal, frame) : null);
        var status = answer.IsDone ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        return isFragment
            ? Answers.Page<CardsFragment, InboxView>(frame, view, status)
            : Answers.Page<InboxPage, InboxView>(frame with { Here = "/inbox" }, view, status);
    }
}
