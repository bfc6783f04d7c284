using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Notify;

/// <summary>Channels and deliveries over HTTP.</summary>
internal sealed class NotifyDoor(NotifyRoom room, DeliveryBook book)
{
    private const int PageDefault = 100;
    private const int PageMax = 500;

    public async Task<IResult> ChannelsAsync(CancellationToken cancel)
    {
        var (waiting, sent) = (await book.WaitingAsync(cancel), await book.LastSentAsync(cancel));
        return Results.Json(new
        {
            items = room.Postmen.Select(postman => new
            {
                id = postman.Channel.Id,
                kind = OrderWords.Of(postman.Channel.Kind),
                where = postman.Channel.Where,
                person = postman.Channel.Person,
                tells = postman.Channel.Tells,
                waiting = waiting.GetValueOrDefault(postman.Channel.Id),
                sentAt = sent.TryGetValue(postman.Channel.Id, out var at) ? at : (DateTimeOffset?)null,
                failingSince = postman.FailingSince,
                why = postman.Why,
            }),
        });
    }

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

    public async Task<IResult> TestAsync(string channel, CancellationToken cancel)
    {
        if (room.Postmen.FirstOrDefault(postman => postman.Channel.Id == channel) is not { } postman)
        {
            return Results.Problem(
                $"There is no channel '{channel}'; /api/v1/notify lists them.",
                statusCode: StatusCodes.Status404NotFound);
        }

        return await postman.TestAsync(cancel) switch
        {
            SendAnswer.TryAgain again => NotSent(again.Why),
            SendAnswer.Refused refused => NotSent(refused.Why),
            _ => Results.Json(new { channel, where = postman.Channel.Where, sent = true }),
        };

        static IResult NotSent(string why) =>
            Results.Problem(why, statusCode: StatusCodes.Status502BadGateway, title: "The test did not arrive.");
    }
}
