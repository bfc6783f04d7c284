using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Notify;

/// <summary>Channels and deliveries over HTTP.</summary>
internal sealed class NotifyDoor(IChannelBoard board, DeliveryBook book)
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

    public async Task<IResult> TestAsync(string channel, CancellationToken cancel)
    {
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
}
