using Hub.Gateway.Roster;
using Hub.Gateway.Storage;
using Hub.Gateway.Waiting;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;

namespace Hub.Gateway.Notify;

/// <summary>
/// Plans what the desk wants told, and keeps every channel's postman going; one that fails stops no other.
/// </summary>
internal sealed partial class NotifyService(
    NotifyRoom room, DeliveryBook book, PauseBook pauses, OrderDesk desk, IPremises premises, NotifyOptions options,
    TimeProvider time, ILogger<NotifyService> logger, RosterBook? roster = null) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TrimEvery = TimeSpan.FromHours(1);

    private DateTimeOffset _trimmedAt;

    /// <summary>Everything that the desk has written since the last look becomes deliveries.</summary>
    public async Task PlanAsync(CancellationToken cancel)
    {
        while (await book.PlanAsync(ChannelsForAsync, options.PlanMax, cancel))
        {
            // There may be more.
        }

        async ValueTask<IEnumerable<(Channel, DateTimeOffset)>> ChannelsForAsync(Notice notice) =>
            room.Postmen.Count > 0 && await desk.FindAsync(notice.Order, cancel) is { } order
                ? DeliveryPlan.For(
                    notice, order.SpaceId, room.Postmen.Select(one => one.Channel), premises.Zone,
                    notice.Person is { } id ? roster?.Picture.Sheet?.Find(id) : null,
                    isUrgent: order.Priority == OrderPriority.Urgent, pauses.Pauses)
                : [];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await Task.WhenAll(room.Postmen.Select(postman => CarryAsync(postman, stoppingToken))
            .Append(KeepAsync(stoppingToken)));
    }

    private async Task KeepAsync(CancellationToken stopping)
    {
        await EachTurnAsync(
            async () =>
            {
                var now = time.GetUtcNow();
                await PlanAsync(stopping);
                if (now - _trimmedAt >= TrimEvery)
                {
                    _trimmedAt = now;
                    await book.AbandonAsync(room.Postmen.Select(postman => postman.Channel.Id), now, stopping);
                    await book.TrimAsync(now - options.KeepLogFor, options.LogRowsMax, stopping);
                }

                return null;
            },
            () => desk.NextChange, stopping);
    }

    private Task CarryAsync(Postman postman, CancellationToken stopping) => EachTurnAsync(
        async () =>
        {
            var before = postman.FailingSince;
            var next = await postman.TurnAsync(stopping);
            if (before is null && postman.FailingSince is not null)
            {
                Log.Fails(logger, postman.Channel.Id, postman.Why);
            }
            else if (before is { } since && postman.FailingSince is null)
            {
                Log.WorksAgain(logger, postman.Channel.Id, since);
            }

            return next;
        },
        () => book.NextPlanned, stopping);

    /// <summary>Takes turns until the hub stops: at every change, and when there is something to do.</summary>
    private async Task EachTurnAsync(
        Func<Task<DateTimeOffset?>> turn, Func<Task> change, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var changed = change();
            var wait = LookEvery;
            try
            {
                DateTimeOffset? due = null;
                await Patience.UntilDoneAsync(async () => due = await turn(), stopping);
                if (due is { } next && next - time.GetUtcNow() is var left && left < wait)
                {
                    wait = left;
                }
            }
            catch (Exception e) when (StorageSetup.IsFailure(e))
            {
                // A full disk, say: the desk says so louder, and nothing that waits is lost.
                Log.NotWritten(logger, e);
            }

            if (wait > TimeSpan.Zero)
            {
                await Pause.UntilAsync(changed, wait, time, stopping);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2301, LogLevel.Warning, "Channel {Channel} can't be reached; what it has to say waits: {Why}")]
        public static partial void Fails(ILogger logger, string channel, string? why);

        [LoggerMessage(2302, LogLevel.Information, "Channel {Channel} works again; it had failed since {Since}.")]
        public static partial void WorksAgain(ILogger logger, string channel, DateTimeOffset since);

        [LoggerMessage(2303, LogLevel.Error, "The delivery log could not be read or written; it is tried again.")]
        public static partial void NotWritten(ILogger logger, Exception e);
    }
}
