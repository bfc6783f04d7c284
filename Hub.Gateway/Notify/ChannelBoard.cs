using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Notify;

/// <summary>What the room and the book know of the channels, put together.</summary>
internal sealed class ChannelBoard(NotifyRoom room, DeliveryBook book) : IChannelBoard
{
    public async Task<IReadOnlyList<ChannelState>> StatesAsync(CancellationToken cancel)
    {
        var (waiting, sent) = (await book.WaitingAsync(cancel), await book.LastSentAsync(cancel));
        return
        [
            .. room.Postmen.Select(postman => new ChannelState(
                postman.Channel.Id, OrderWords.Of(postman.Channel.Kind), postman.Channel.Where, postman.Channel.Person,
                [.. postman.Channel.Tells], waiting.GetValueOrDefault(postman.Channel.Id),
                sent.TryGetValue(postman.Channel.Id, out var at) ? at : null, postman.FailingSince, postman.Why)),
        ];
    }

    public async Task<SendAnswer?> TestAsync(string channel, CancellationToken cancel) =>
        room.Postmen.FirstOrDefault(postman => postman.Channel.Id == channel) is { } postman
            ? await postman.TestAsync(cancel)
            : null;

    public async Task<IReadOnlyList<DeliveryLine>> LogAsync(string? person, int limit, CancellationToken cancel) =>
        [.. (await book.LogAsync(null, null, limit, cancel, person)).Select(row => row.Line())];
}
