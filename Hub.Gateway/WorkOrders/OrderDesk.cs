using Hub.Gateway.Live;
using Hub.Gateway.Storage;
using Hub.Gateway.Waiting;
using Hub.Rules.Alarms;
using Hub.Transport.Log;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// The one writer of orders. Everything it is told becomes one short transaction: the order's events, its current row,
/// the alarms handled and the journal cursor together. What has been answered is on the disk; after a crash the same
/// transitions may come again and find that they have been handled.
/// </summary>
public sealed partial class OrderDesk(
    IDbContextFactory<HubDb> dbs, LiveFeed feed, TimeProvider time, IPremises premises, OrderPolicy policy,
    IDuty? duty = null)
    : IDisposable
{
    /// <summary>The topic of the live feed; the key is the order's id.</summary>
    public const string Topic = "order";

    private readonly Turn _desk = new();

    private volatile LiveOrders _live = LiveOrders.None;
    private volatile DeskRow? _row;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _cursor;

    private DateTimeOffset? NextWake => _live.Wakes is { IsEmpty: false } wakes ? wakes.Min.At : null;

    /// <summary>The journal row up to which all transitions have had their effect.</summary>
    public LogPosition Cursor => new(Interlocked.Read(ref _cursor));

    /// <summary>The open orders as they are now; empty until the desk has read them.</summary>
    public IReadOnlyList<WorkOrder> OpenOrders => [.. _live.ById.Values.Where(order => order.IsOpen)];

    /// <summary>
    /// Completes at the next change of any order. Whoever takes it before looking at the orders misses none.
    /// </summary>
    public Task NextChange => Volatile.Read(ref _changed).Task;

    /// <summary>Now, by the time that promises are measured by; what is said of them goes by it, too.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    public OrderPolicy Policy => policy with { Zone = premises.Zone, Duty = duty?.Now };

    /// <summary>Reads what is open. Every other call does it first, if need be.</summary>
    public Task LoadAsync(CancellationToken cancel) => AtDeskAsync(_ => Task.FromResult(true), cancel);

    /// <summary>Does that to an order, or says why not.</summary>
    /// <param name="order">The order's id.</param>
    /// <param name="command">What to do.</param>
    /// <param name="cancel">Gives up waiting; what has been written stays written.</param>
    /// <param name="version">The version it was decided on; another one refuses. Null for whatever is there.</param>
    public Task<DeskAnswer> DoAsync(long order, OrderCommand command, CancellationToken cancel, int? version = null) =>
        AtDeskAsync(
            async draft =>
            {
                var before = await draft.FindAsync(order, cancel);
                if (before is null)
                {
                    return new DeskAnswer(null, new Refusal(RefusalReason.NotFound, $"There is no order {order}."));
                }

                if (version is { } expected && expected != before.Version)
                {
                    var last = await LastByPersonAsync(order, cancel);
                    return new DeskAnswer(before, new Refusal(
                        RefusalReason.Changed, $"The order has changed: it is at version {before.Version}.", last?.By,
                        last?.At));
                }

                if (command is OrderCommand.Undo undo)
                {
                    return await UndoAsync(draft, before, undo, cancel);
                }

                if (await WhyNotAsync(draft, before, command, cancel) is { } refusal)
                {
                    return new DeskAnswer(before, refusal);
                }

                if (command is OrderCommand.Merge merge && await draft.FindAsync(merge.Into, cancel) is { } into)
                {
                    command = merge with { IntoNumber = into.Number };
                }

                var (after, why) = draft.Do(before, command);
                return new DeskAnswer(after, why);
            },
            cancel);

    /// <summary>
    /// A new order that a person wrote down; on a matter that is open already, the open one is the answer.
    /// </summary>
    public Task<DeskAnswer> RaiseAsync(OrderCommand.Raise command, CancellationToken cancel) => AtDeskAsync(
        draft => Task.FromResult(
            WorkOrder.WhyNotRaised(command, draft.Now, draft.Policy) is { } refusal ? new DeskAnswer(null, refusal)
            : draft.Live.OpenOn(command.SpaceId, command.Request.Symptom) is { } open
                ? new DeskAnswer(open, IsOpenAlready(open))
                : new DeskAnswer(draft.Raise(command))),
        cancel);

    /// <summary>
    /// Lets every transition of one journal row have its effect, and moves the cursor, in one transaction. A row that
    /// has been handled does nothing. A row without transitions costs no commit: replaying it would do nothing either.
    /// </summary>
    public async Task HandleAsync(
        IReadOnlyList<AlarmTransition> transitions, LogPosition cursor, CancellationToken cancel)
    {
        if (_row is null)
        {
            await LoadAsync(cancel);
        }

        if (cursor <= Cursor)
        {
            return;
        }

        if (transitions.Count > 0)
        {
            await AtDeskAsync(
                async draft =>
                {
                    foreach (var transition in transitions)
                    {
                        await TakeAsync(draft, transition, cancel);
                    }

                    draft.Desk.Cursor = cursor.Value;
                    return true;
                },
                cancel);
        }

        Interlocked.Exchange(ref _cursor, cursor.Value);
    }

    /// <summary>
    /// Sets the cursor where the journal is another one than before; alarms that were handled stay handled.
    /// </summary>
    public async Task RewindAsync(LogPosition cursor, CancellationToken cancel)
    {
        await AtDeskAsync(
            draft =>
            {
                draft.Desk.Cursor = cursor.Value;
                return Task.FromResult(true);
            },
            cancel);
        Interlocked.Exchange(ref _cursor, cursor.Value);
    }

    /// <summary>Writes down what time alone has brought, and says when it will bring something next.</summary>
    public async Task<DateTimeOffset?> ElapseAsync(CancellationToken cancel)
    {
        if (_row is null || NextWake <= time.GetUtcNow())
        {
            await AtDeskAsync(
                draft =>
                {
                    var due = draft.Live.Wakes.TakeWhile(wake => wake.At <= draft.Now).Take(ElapseOrdersMax);
                    foreach (var (_, id) in due.ToList())
                    {
                        draft.Elapse(draft.Live.ById[id]);
                    }

                    return Task.FromResult(true);
                },
                cancel);
        }

        return NextWake;
    }

    public void Dispose() => _desk.Dispose();
}
