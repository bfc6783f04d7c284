using System.Text.Json;
using Hub.Gateway.Words;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Files;

namespace Hub.Gateway.Notify;

/// <summary>Channels and deliveries over HTTP.</summary>
internal sealed class NotifyDoor(IChannelBoard board, DeliveryBook book, IPremises premises)
{
    private const int PageDefault = 100;
    private const int PageMax = 500;

    public async Task<IResult> ChannelsAsync(CancellationToken cancel) =>
        Results.Json(new { items = await board.StatesAsync(cancel) });

    public async Task<IResult> LogAsync(
        long? order, string? person, long? before, int? limit, CancellationToken cancel)
    {
        if (limit is < 1 or > PageMax)
        {
            return Results.Problem(
                $"limit is {limit}; it must be from 1 to {PageMax}. For more, pass the last id as before.",
                statusCode: StatusCodes.Status400BadRequest);
        }

        var rows = await book.LogAsync(order, before, limit ?? PageDefault, cancel, person);
        return Results.Json(new
        {
            items = rows.Select(row => new
            {
                id = row.Id,
                channel = row.Channel,
                order = row.OrderId,
                what = OrderWords.Of(row.Kind),
                to = row.To,
                person = row.Person,
                at = DeliveryRow.Instant(row.At),
                state = OrderWords.Of(row.State),
                attempts = row.Attempts,
                why = row.Why,
                doneAt = row.DoneAt is { } done ? DeliveryRow.Instant(done) : (DateTimeOffset?)null,
            }),
        });
    }

    public async Task<IResult> TestAsync(string channel, HttpContext context, CancellationToken cancel)
    {
        if (!board.MayTest(channel, context.Caller()))
        {
            return Of(PauseRefusal.NotYours);
        }

        return await board.TestAsync(channel, cancel) switch
        {
            null => Results.Problem(
                $"There is no channel '{channel}'; /api/v1/notify lists them.",
                statusCode: StatusCodes.Status404NotFound),
            SendAnswer.TryAgain again => NotSent(again.Why),
            SendAnswer.Refused refused => NotSent(refused.Why),
            _ => Results.Json(new { channel, sent = true }),
        };

        static IResult NotSent(string why) =>
            Results.Problem(why, statusCode: StatusCodes.Status502BadGateway, title: "The test did not arrive.");
    }

    public async Task<IResult> PauseAsync(
        string channel, PauseRequest asked, HttpContext context, CancellationToken cancel)
    {
        var until = asked.Until is { } text ? InstantText.Parse(text, premises.Zone) : null;
        var refusal = await board.PauseAsync(channel, until, context.Caller(), cancel);
        return refusal == PauseRefusal.None ? Results.Json(new { channel, pausedUntil = until }) : Of(refusal);
    }

    public async Task<IResult> ResumeAsync(string channel, HttpContext context, CancellationToken cancel) =>
        await board.ResumeAsync(channel, context.Caller(), cancel) is var refusal and not PauseRefusal.None
            ? Of(refusal)
            : Results.Json(new { channel, pausedUntil = (DateTimeOffset?)null });

    private static IResult Of(PauseRefusal refusal) => Results.Problem(
        Texts.In("en").Of("pause-refusal", $"{refusal}"),
        type: $"urn:buildinghub:notify:{JsonNamingPolicy.KebabCaseLower.ConvertName($"{refusal}")}",
        statusCode: refusal switch
        {
            PauseRefusal.NoChannel => StatusCodes.Status404NotFound,
            PauseRefusal.NotYours => StatusCodes.Status403Forbidden,
            PauseRefusal.Shared => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status400BadRequest,
        });
}
