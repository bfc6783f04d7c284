using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Notify;

/// <summary>What the room and the book know of the channels, put together.</summary>
internal sealed class ChannelBoard(
    NotifyRoom room, DeliveryBook book, PauseBook pauses, TimeProvider time) : IChannelBoard
{
    public async Task<IReadOnlyList<ChannelState>> StatesAsync(CancellationToken cancel)
    {
        var (waiting, sent) = (await book.WaitingAsync(cancel), await book.LastSentAsync(cancel));
        var (paused, now) = (pauses.Pauses, time.GetUtcNow());
        return
        [
            .. room.Postmen.Select(postman => new ChannelState(
                postman.Channel.Id, OrderWords.Of(postman.Channel.Kind), postman.Channel.Where, postman.Channel.Person,
                [.. postman.Channel.Tells], waiting.GetValueOrDefault(postman.Channel.Id),
                sent.TryGetValue(postman.Channel.Id, out var at) ? at : null, postman.FailingSince, postman.Why)
            {
                Hours = postman.Channel.Hours.From == postman.Channel.Hours.To ? "" : $"{postman.Channel.Hours}",
                After = postman.Channel.After,
                PausedUntil = paused.Until(postman.Channel.Id, now),
            }),
        ];
    }

    public async Task<SendAnswer?> TestAsync(string channel, CancellationToken cancel) =>
        room.Postmen.FirstOrDefault(postman => postman.Channel.Id == channel) is { } postman
            ? await postman.TestAsync(cancel)
            : null;

    public bool MayTest(string channel, Actor by) => by.Role is ActorRole.Chief or ActorRole.Engineer
        || room.Postmen.Any(postman => postman.Channel.Id == channel && postman.Channel.Person == by.Id);

    public Task<PauseRefusal> PauseAsync(
        string channel, DateTimeOffset? until, Actor by, CancellationToken cancel) =>
        pauses.PauseAsync(channel, until, by, cancel);

    public Task<PauseRefusal> ResumeAsync(string channel, Actor by, CancellationToken cancel) =>
        pauses.ResumeAsync(channel, by, cancel);

    public bool IsStill(string person) => pauses.Pauses.IsStill(person, time.GetUtcNow());

    public async Task<IReadOnlyList<DeliveryLine>> LogAsync(string? person, int limit, CancellationToken cancel) =>
        [.. (await book.LogAsync(null, null, limit, cancel, person)).Select(row => row.Line())];
}
