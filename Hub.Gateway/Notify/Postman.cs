using Hub.Gateway.Notify.Channels;
using Hub.Gateway.Waiting;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Notify;

/// <summary>
/// Carries what one channel has to say, turn by turn. A receiver that fails is left alone for longer and longer, and
/// what waits for it keeps its order; what people no longer need to hear is spared them.
/// </summary>
internal sealed class Postman(
    Channel channel, ISender sender, LetterWriter writer, DeliveryBook book, OrderDesk desk, IPremises premises,
    NotifyOptions options, TimeProvider time)
{
    private readonly RetryDelay _delay = new(options.PauseMax, Random.Shared);
    private readonly Pace _pace = new(channel.PerMinuteMax);
    private DateTimeOffset _notBefore;

    // One that is refused must not keep the others: after a refusal they go one by one.
    private bool _isOneByOne;

    public Channel Channel => channel;

    public DateTimeOffset? FailingSince { get; private set; }

    public string? Why { get; private set; }

    /// <summary>One message at most; when there is something to do next, null if nothing waits.</summary>
    public async Task<DateTimeOffset?> TurnAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (_notBefore > now)
        {
            return _notBefore;
        }

        var due = await book.DueAsync(channel.Id, now, channel.IsForPeople ? options.TogetherMax : 1, cancel);
        if (due.Count == 0)
        {
            return await book.NextAsync(channel.Id, cancel);
        }

        if (_pace.NextAt(now) is var next && next > now)
        {
            return _notBefore = next;
        }

        var letters = await WriteAsync(due, now, cancel);
        if (letters.Count == 0)
        {
            return now;
        }

        _pace.Take(now);
        var letter = LetterWriter.Together(
            [.. letters.Take(_isOneByOne ? 1 : letters.Count).Select(one => one.Letter)], sender.TextBytesMax,
            out var count);
        var answer = await sender.SendAsync(letter, cancel);
        await TakeAsync(answer, [.. letters.Take(count).Select(one => one.Delivery)], now);
        return time.GetUtcNow();
    }

    /// <summary>Says at once, past everything that waits, that the channel is being tried.</summary>
    public Task<SendAnswer> TestAsync(CancellationToken cancel) =>
        sender.SendAsync(writer.Test(time.GetUtcNow()), cancel);

    /// <summary>What is still worth saying, as letters; what is not is marked.</summary>
    private async Task<List<(Delivery Delivery, Letter Letter)>> WriteAsync(
        IReadOnlyList<Delivery> due, DateTimeOffset now, CancellationToken cancel)
    {
        List<(Delivery, Letter)> letters = [];
        List<Delivery> spared = [];
        List<Delivery> givenUp = [];
        foreach (var delivery in due)
        {
            var order = await desk.FindAsync(delivery.Notice.Order, cancel);
            if (order is null || DeliveryPlan.IsUndone(delivery.Notice, order)
                || (channel.IsForPeople && DeliveryPlan.IsStale(delivery.Notice, order)))
            {
                spared.Add(delivery);
            }
            else if (delivery.Attempts > 0 && now - delivery.NextAt > options.KeepTryingFor)
            {
                givenUp.Add(delivery);
            }
            else
            {
                var space = premises.Current.Spaces.GetValueOrDefault(order.SpaceId)?.Name ?? order.SpaceId;
                letters.Add((delivery, writer.Write(delivery, order, space)));
            }
        }

        await MarkAsync(spared, DeliveryState.Spared, now);
        await MarkAsync(givenUp, DeliveryState.Failed, now);
        return letters;
    }

    private async Task TakeAsync(SendAnswer answer, IReadOnlyList<Delivery> sent, DateTimeOffset now)
    {
        switch (answer)
        {
            case SendAnswer.Sent:
                (_isOneByOne, FailingSince, Why) = (false, null, null);
                _delay.Reset();
                await MarkAsync(sent, DeliveryState.Sent, now);
                break;
            case SendAnswer.TryAgain again:
                await WaitAsync(sent, again.Why, again.After, now);
                break;
            case SendAnswer.Refused refused when sent is [{ } one] && one.Attempts + 1 >= options.RefusalsMax:
                Why = refused.Why;
                await book.DoneAsync(sent, DeliveryState.Failed, now, refused.Why, CancellationToken.None);
                break;
            case SendAnswer.Refused refused:
                _isOneByOne = true;
                await WaitAsync(sent, refused.Why, null, now);
                break;
            default:
                throw new InvalidOperationException($"Unknown answer {answer}.");
        }
    }

    private async Task WaitAsync(
        IReadOnlyList<Delivery> sent, string why, TimeSpan? after, DateTimeOffset now)
    {
        FailingSince ??= now;
        Why = why;
        _notBefore = now + _delay.Next(after);
        await book.TriedAsync(sent, why, CancellationToken.None);
    }

    // What has been sent is marked even while the hub stops, or it would be sent again.
    private Task MarkAsync(IReadOnlyList<Delivery> deliveries, DeliveryState state, DateTimeOffset at) =>
        deliveries.Count == 0
            ? Task.CompletedTask
            : book.DoneAsync(deliveries, state, at, null, CancellationToken.None);
}
