using Hub.Gateway.Notify;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;

namespace Hub.Gateway.Web.Roster;

/// <summary>The page of the channels: trying one, and pausing one's own.</summary>
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
                frame, await MakeAsync(frame, board, person, cancel) with { Done = said });
        }).For(Roles.Staff);
        routes.MapPost("/channels/do", DoAsync).For(Roles.Staff).Form();
    }

    private static async Task<IResult> DoAsync(HttpContext context, Frames frames, CancellationToken cancel)
    {
        var board = context.RequestServices.GetRequiredService<IChannelBoard>();
        var frame = frames.For(context, "roster");
        var form = context.Request.Form;
        var (channel, me) = (form["channel"].ToString(), People.ActorOf(frame.Visitor!));
        var person = form["person"].ToString() is { Length: > 0 } whose ? whose : null;
        var isTest = form["action"].ToString() is not ("pause" or "resume");
        var trouble = form["action"].ToString() switch
        {
            "pause" => Said(await board.PauseAsync(
                channel, frame.Times.FromInput(form["until"].ToString()), me, cancel)),
            "resume" => Said(await board.ResumeAsync(channel, me, cancel)),
            _ when !board.MayTest(channel, me) => Said(PauseRefusal.NotYours),
            _ => await board.TestAsync(channel, cancel) switch
            {
                SendAnswer.Sent => null,
                SendAnswer.TryAgain again => frame.T["channels.not-sent", channel, again.Why],
                SendAnswer.Refused refused => frame.T["channels.not-sent", channel, refused.Why],
                _ => frame.T["channels.gone", channel],
            },
        };
        if (trouble is null)
        {
            string?[] query =
            [
                person is null ? null : "person=" + Uri.EscapeDataString(person),
                isTest ? "done=" + Uri.EscapeDataString(channel) : null,
            ];
            return new SeeOther("/channels?" + string.Join('&', query.OfType<string>()));
        }

        return Answers.Page<ChannelsPage, ChannelsView>(
            frame, await MakeAsync(frame, board, person, cancel) with { Trouble = trouble },
            StatusCodes.Status409Conflict);

        string? Said(PauseRefusal refusal) =>
            refusal == PauseRefusal.None ? null : frame.T.Of("pause-refusal", $"{refusal}");
    }

    private static async Task<ChannelsView> MakeAsync(
        Frame frame, IChannelBoard board, string? person, CancellationToken cancel)
    {
        var (channels, me) = (await board.StatesAsync(cancel), frame.Visitor!);
        var role = person is not null && frame.Staff.TryGetValue(person, out var found) ? found.Role : "";
        return new ChannelsView(
            person is null ? channels : [.. channels.Where(channel => channel.Reaches(person, role))],
            await board.LogAsync(person, LinesMax, cancel), person)
        {
            Testable = channels.Select(one => one.Id).Where(id => board.MayTest(id, People.ActorOf(me))).ToHashSet(),
            MayPause = person is not null && (person == me.Id || me.Is(Roles.Chief)),
            IsStill = person is not null && board.IsStill(person),
        };
    }
}
