using Hub.Gateway.Notify;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;

namespace Hub.Gateway.Web.Roster;

/// <summary>The page of the channels, and the button that tries one.</summary>
public static class ChannelDoors
{
    private const int LinesMax = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/channels", async (
            HttpContext context, Frames frames, string? person, string? done, CancellationToken cancel) =>
        {
            var board = context.RequestServices.GetRequiredService<IChannelBoard>();
            var frame = frames.For(context, "roster");
            var said = done is { Length: > 0 and <= 64 } ? frame.T["channels.tested", done] : null;
            return Answers.Page<ChannelsPage, ChannelsView>(
                frame, await MakeAsync(frame, board, person, null, said, cancel));
        }).For(Roles.Staff);
        routes.MapPost("/channels/do", TestAsync).For(Roles.Commissioners).Form();
    }

    private static async Task<IResult> TestAsync(
        HttpContext context, Frames frames, CancellationToken cancel)
    {
        var board = context.RequestServices.GetRequiredService<IChannelBoard>();
        var frame = frames.For(context, "roster");
        var channel = context.Request.Form["channel"].ToString();
        var trouble = await board.TestAsync(channel, cancel) switch
        {
            SendAnswer.Sent => null,
            SendAnswer.TryAgain again => frame.T["channels.not-sent", channel, again.Why],
            SendAnswer.Refused refused => frame.T["channels.not-sent", channel, refused.Why],
            _ => frame.T["channels.gone", channel],
        };
        return trouble is null
            ? new SeeOther("/channels?done=" + Uri.EscapeDataString(channel))
            : Answers.Page<ChannelsPage, ChannelsView>(
                frame, await MakeAsync(frame, board, null, trouble, null, cancel), StatusCodes.Status409Conflict);
    }

    private static async Task<ChannelsView> MakeAsync(
        Frame frame, IChannelBoard board, string? person, string? trouble, string? done, CancellationToken cancel) =>
        new(
            await board.StatesAsync(cancel), await board.LogAsync(person, LinesMax, cancel), person,
            frame.Visitor?.Is(Roles.Commissioners) == true, trouble, done);
}
